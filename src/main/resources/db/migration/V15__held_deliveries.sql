-- Why a delivery was given back without an attempt: no attempt is noted then, so this is its only trace for people who ask
-- why nothing is sent. Null when it waits for its first attempt, or for the next one after one that was made. In no index.
ALTER TABLE delivery ADD COLUMN held text;
