-- What an operator is told who asks why somebody was (not) notified.

-- Whom the rule meant when the event came: {"over": [channel], "tell": [{"audience", "told", "inactive", "unknown"}]},
-- lists of ids, empty ones left out. The directory changes; this does not. Null for events from before.
ALTER TABLE ticket_event ADD COLUMN plan jsonb;

-- Attempts that did not succeed at once: what the provider said, each time. Retention deletes them with their
-- notifications. An attempt is known by when it ended, so that a batch that is settled twice stands here once.
CREATE TABLE attempt (
    notification_id bigint      NOT NULL,  -- notification_log.id
    at              timestamptz NOT NULL,
    attempt         int         NOT NULL,  -- 1 for the first; starts anew when an operator retries
    outcome         text        NOT NULL,
    reason          text,                  -- the provider's answer, in the hub's words
    PRIMARY KEY (notification_id, at)
);
