-- A delivery whose attempt may have arrived (the request left, no answer came) has its own state: so many of its
-- attempts ended like that. It is sent again at most as often as routes/retries.yaml allows.
ALTER TABLE delivery ADD COLUMN unknown_outcomes int NOT NULL DEFAULT 0;
