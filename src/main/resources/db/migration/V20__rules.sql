-- Several rules for one event (routes/policy.yaml): people may be told in different words, and words and conditions may name
-- further fields of tickets. Null everywhere for an event of one rule without such fields; a node of before shows the event's
-- own words instead of further ones.
ALTER TABLE ticket_event ADD COLUMN ticket_further jsonb;      -- {field: text} of data.ticket, as far as the table names them
ALTER TABLE ticket_event ADD COLUMN words jsonb;               -- [{"subject", "message", "template"}] beyond the event's own
ALTER TABLE notification_log ADD COLUMN words smallint;        -- number of its words, from 1; null: the event's own
ALTER TABLE event_slice ADD COLUMN channel_words smallint[];   -- the same for each channel, 0: the event's own; null: for all
