-- A claim moves due_at. While the index that finds work was about due_at, no claim could be a heap-only tuple (HOT)
-- update: each one added an entry to every index of the table. Work is now found by ready_at, which a claim leaves alone:
--   ready_at  when the work was ready for its next attempt; its place in the queue. Moved by a retry only.
--   due_at    when somebody may claim it: ready_at while it waits, the lease's end while a node holds it. In no index.
-- Nodes of the version before this one may run beside it: they claim by due_at, as this one does, and what they insert
-- has the default.
ALTER TABLE delivery ADD COLUMN ready_at timestamptz NOT NULL DEFAULT now();
UPDATE delivery SET ready_at = CASE WHEN leased_by IS NULL THEN due_at ELSE created_at END;
CREATE INDEX delivery_ready ON delivery (channel, ready_at);
DROP INDEX delivery_due;

-- A claim takes all rows of a page at once, so each needs room for a second version of itself, which names the holder.
ALTER TABLE delivery SET (fillfactor = 40);
