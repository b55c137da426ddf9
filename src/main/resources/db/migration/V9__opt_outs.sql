-- Who wants nothing over which channel. It outlives the person's entry in the directory: somebody who is deleted and
-- comes back has still said so.
CREATE TABLE opt_out (
    person  bigint      NOT NULL,  -- person.id
    channel text        NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (person, channel)
);
