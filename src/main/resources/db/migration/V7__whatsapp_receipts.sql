-- Which notification a provider's message is. A table of its own, because an index on notification_log.provider_id
-- would cost every settling update its place on the page (HOT).
CREATE TABLE provider_message (
    provider_id  text PRIMARY KEY,  -- wamid
    notification bigint      NOT NULL,  -- notification_log.id
    noted_at     timestamptz NOT NULL
);

-- Receipts that came before the hub had written down what they are about.
CREATE TABLE parked_receipt (
    provider_id  text        NOT NULL,
    status       text        NOT NULL,
    notification bigint,               -- as the provider echoes it
    reason       text,
    parked_at    timestamptz NOT NULL,
    PRIMARY KEY (provider_id, status)
);
CREATE INDEX parked_receipt_age ON parked_receipt (parked_at);
