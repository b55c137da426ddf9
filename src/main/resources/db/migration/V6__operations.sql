-- What operators order, for ever: who, when, what, with which filter, and how many rows it changed.
CREATE TABLE audit (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     timestamptz NOT NULL,
    who    text        NOT NULL,  -- user:<id> over REST, command:<login> by a command of the jar
    action text        NOT NULL,
    filter jsonb       NOT NULL,
    count  bigint      NOT NULL
);

-- Failed deliveries are looked for by time. BRIN costs nothing on insert, and keeps the status out of every index, so
-- that settling stays HOT.
CREATE INDEX notification_log_by_time ON notification_log USING brin (created_at) WITH (pages_per_range = 32);
