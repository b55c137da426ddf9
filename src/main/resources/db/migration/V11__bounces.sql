-- Addresses that a mail server has refused for good, by person: as a digest, so that the directory stays the one place
-- where addresses are. Another address in the directory has another digest and is tried.
CREATE TABLE bounced_address (
    person       bigint      NOT NULL,  -- person.id
    channel      text        NOT NULL,
    digest       bytea       NOT NULL,  -- SHA-256 of the address in lower case
    reason       text        NOT NULL,
    notification bigint      NOT NULL,  -- notification_log.id of what was refused
    at           timestamptz NOT NULL,
    PRIMARY KEY (person, channel)
);

-- Reports of mail servers may come too early, as WhatsApp's receipts may.
ALTER TABLE parked_receipt ADD COLUMN channel text NOT NULL DEFAULT 'WHATSAPP';
ALTER TABLE parked_receipt ALTER COLUMN channel DROP DEFAULT;
