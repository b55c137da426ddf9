-- One-time tickets for the WebSocket handshake: POST /api/notifications/ws_ticket/ writes one, the handshake deletes it,
-- on whichever node. Only the SHA-256 of a ticket is kept. Unlogged: after a crash clients simply ask for another.
CREATE UNLOGGED TABLE ws_ticket (
    hash             bytea PRIMARY KEY,
    person           bigint      NOT NULL,  -- person.id
    token_expires_at timestamptz NOT NULL,  -- the connection ends with the token that the ticket was issued for
    expires_at       timestamptz NOT NULL
);
CREATE INDEX ws_ticket_expired ON ws_ticket (expires_at);
