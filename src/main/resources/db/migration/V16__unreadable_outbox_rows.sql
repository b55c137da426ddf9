-- In a migration of its own: with V15 in one transaction it would lock two tables that running nodes lock in both orders.
-- A row that this version cannot read (written by a later one, or damaged) is kept, and holds up no other.
ALTER TABLE status_outbox ADD COLUMN unreadable boolean NOT NULL DEFAULT false;
