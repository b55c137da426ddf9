-- Notifications of accepted events that are still to be written: those of an event that means very many people, and of
-- people whose inbox somebody held while their event was recorded. A slice becomes rows of notification_log, delivery and
-- inbox in one transaction, and is deleted in it: it is written once, by whichever node, however often one dies.
CREATE TABLE event_slice (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event      bigint      NOT NULL,  -- ticket_event.id
    ticket     bigint      NOT NULL,  -- its ticket: what a person hears of one ticket comes in the order of its events
    recipients bigint[]    NOT NULL,  -- person.id, as the plan named them
    lowest     bigint      NOT NULL,  -- of the recipients; with "highest" it tells slices that cannot have anybody in common
    highest    bigint      NOT NULL,
    channels   text[]      NOT NULL,  -- of each recipient, as the rule named them
    skipped    jsonb       NOT NULL,  -- {channel: {reason: [person.id]}}, decided when the event was accepted
    due_at     timestamptz NOT NULL,  -- by the database's clock
    tries      int         NOT NULL,  -- 0: waits for its turn only; more: for somebody who holds an inbox
    refused    text                   -- why the database refuses it; it is tried no more. Null while it is tried
);
CREATE INDEX event_slice_by_ticket ON event_slice (ticket, event);
CREATE INDEX event_slice_due ON event_slice (due_at) WHERE refused IS NULL;
