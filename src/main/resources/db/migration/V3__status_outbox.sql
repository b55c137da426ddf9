-- Changes on their way to the notification-status topic, one row per batch of changes, written in the batch's own
-- transaction and deleted once the broker has them. Numbers come from a sequence without a cache: what follows from
-- something has a higher number.
CREATE TABLE status_outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL,
    reports    bytea       NOT NULL  -- JSON in the hub's short form
) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
