-- The hub's first schema: the directory, the events, the notification log, the inbox counters and the deliveries.
-- Work (delivery) and history (notification_log) are two tables, so that retries never bloat what the API reads.
-- There are no foreign keys on the hot path: all rows of an event are written in one transaction, and retention
-- deletes them together. Event types, channels and statuses are text: they are values of routes/policy.yaml.

-- The directory, fed by the users topic.
CREATE TABLE person (
    id         bigint PRIMARY KEY,
    username   text        NOT NULL,
    name       text        NOT NULL,
    role       text        NOT NULL,
    active     boolean     NOT NULL,
    locale     text,
    time_zone  text,
    contacts   jsonb       NOT NULL,  -- address fields by name: email, whatsapp_number, and those of channels to come
    changed_at timestamptz NOT NULL
);
CREATE INDEX person_by_role ON person (role) WHERE active;

-- How far the directory has followed the users topic: an event is planned only when the directory has seen
-- everything that was posted before it.
CREATE TABLE directory_progress (
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Every accepted event, once for ever.
CREATE TABLE ticket_event (
    id                bigint PRIMARY KEY,
    source            text        NOT NULL,
    event_id          text        NOT NULL,
    type              text        NOT NULL,
    occurred_at       timestamptz NOT NULL,
    received_at       timestamptz NOT NULL,
    actor             bigint,
    assignees         bigint[]    NOT NULL,
    ticket_id         bigint      NOT NULL,
    ticket_title      text        NOT NULL,
    ticket_priority   text        NOT NULL,
    ticket_category   text        NOT NULL,
    ticket_status     text        NOT NULL,
    ticket_created_by bigint      NOT NULL,
    ticket_project    text        NOT NULL,
    ticket_created_at timestamptz NOT NULL,
    subject           text        NOT NULL,
    message           text        NOT NULL,
    CONSTRAINT ticket_event_identity UNIQUE (source, event_id)
);
CREATE INDEX ticket_event_by_ticket ON ticket_event (ticket_id);
CREATE SEQUENCE ticket_event_id INCREMENT BY 100;

-- One row per event, recipient and channel: what the API lists. Settling changes only columns that stand in no
-- index (status, sent_at, provider_id, reason), so that the update stays on its page (HOT); hence the fill factor,
-- and hence "listed", which repeats "status <> 'SKIPPED'" for the indexes.
CREATE TABLE notification_log (
    id          bigint PRIMARY KEY,
    event       bigint      NOT NULL,  -- ticket_event.id
    recipient   bigint      NOT NULL,  -- person.id
    channel     text        NOT NULL,
    status      text        NOT NULL,
    reason      text,                  -- why SKIPPED or FAILED
    listed      boolean     NOT NULL,
    seq         bigint,                -- position in the recipient's inbox, in commit order; null on other channels
    created_at  timestamptz NOT NULL,
    sent_at     timestamptz,
    read_at     timestamptz,           -- null while unread
    provider_id text,
    CONSTRAINT notification_log_identity UNIQUE (event, recipient, channel)
) WITH (fillfactor = 70);
CREATE SEQUENCE notification_id INCREMENT BY 100;
CREATE INDEX notification_log_listed ON notification_log (recipient, created_at DESC, id DESC) WHERE listed;
CREATE INDEX notification_log_unlisted ON notification_log (recipient, created_at DESC, id DESC) WHERE NOT listed;
CREATE INDEX notification_log_unread ON notification_log (recipient, created_at DESC, id DESC) WHERE listed AND read_at IS NULL;
CREATE INDEX notification_log_inbox ON notification_log (recipient, seq) WHERE seq IS NOT NULL;

-- One row per person and channel: how many are unread, and for the inbox channel the newest seq. It is updated in the
-- transaction that changes the log, and its row lock makes the commit order of a person's inbox the order of seq.
CREATE TABLE inbox (
    recipient bigint NOT NULL,
    channel   text   NOT NULL,
    unread    bigint NOT NULL,
    last_seq  bigint NOT NULL,
    PRIMARY KEY (recipient, channel)
) WITH (fillfactor = 50);

-- Outstanding work, one row per notification that a provider has still to accept. A row whose due_at has come belongs
-- to whoever claims it; a leased one has its due_at in the future. Settled work is deleted.
CREATE TABLE delivery (
    notification_id bigint PRIMARY KEY,  -- notification_log.id
    channel         text        NOT NULL,
    due_at          timestamptz NOT NULL,
    attempt         int         NOT NULL,  -- attempts begun so far
    leased_by       text,                  -- the node that holds it, null when it waits
    created_at      timestamptz NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000);
CREATE INDEX delivery_due ON delivery (channel, due_at);
