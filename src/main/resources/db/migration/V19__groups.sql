-- The groups that people are in, from the users topic: whom a rule of routes/policy.yaml may tell by a group's name.
-- Null: in none, or written by a node of before, which leaves the column as it is.
ALTER TABLE person ADD COLUMN groups text[];
CREATE INDEX person_by_group ON person USING gin (groups) WHERE active;
