-- What is old is looked for by time. The rows come in the order of their times, so BRIN finds them and costs nothing
-- on insert.
CREATE INDEX attempt_by_time ON attempt USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX provider_message_by_time ON provider_message USING brin (noted_at) WITH (pages_per_range = 32);
