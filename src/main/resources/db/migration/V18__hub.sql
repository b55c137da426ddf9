-- Which hub this database belongs to: what is handed to a provider to be echoed names it, since several hubs may share a
-- number. A copy of the database that becomes another hub gets another id: UPDATE hub SET id = <16 hex digits>.
CREATE TABLE hub (
    id         text        NOT NULL,
    bare_up_to bigint      NOT NULL,  -- notification_log.id; up to here the echo of an attempt may be the bare number
    made_at    timestamptz NOT NULL,
    only_one   boolean     PRIMARY KEY DEFAULT true CHECK (only_one)
);
INSERT INTO hub (id, bare_up_to, made_at)
SELECT left(replace(gen_random_uuid()::text, '-', ''), 16), coalesce(max(id), 0), now() FROM notification_log;
