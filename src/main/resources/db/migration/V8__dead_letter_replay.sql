-- Which dead letters operators have replayed. The time tells a letter from one of a topic that was made anew.
CREATE TABLE dead_letter_replay (
    topic        text        NOT NULL,
    partition    int         NOT NULL,
    "offset"     bigint      NOT NULL,
    put_aside_at timestamptz NOT NULL,
    replayed_at  timestamptz NOT NULL,
    PRIMARY KEY (topic, partition, "offset", put_aside_at)
);
CREATE INDEX dead_letter_replay_by_time ON dead_letter_replay (put_aside_at);
