-- Old rows leave for files (camelbell.retention.archive). A node of before knows none of this: it archives nothing.

-- One row for each file, in the order of what happens to it: written, read back (verified), its rows dropped from their table,
-- put back by an operator (restored).
CREATE TABLE archive (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text        NOT NULL,  -- attempts, notifications, events
    month       date        NOT NULL,  -- the first day, UTC
    part        int         NOT NULL,  -- from 2: what had to stay, or changed, while the one before was made
    file        text        NOT NULL,  -- below the folder, when its rows have left
    begun       text        NOT NULL,  -- below the folder, until then
    rows        bigint      NOT NULL,
    bytes       bigint      NOT NULL,
    sha256      text        NOT NULL,  -- of the file as it lies there
    walk_from   bigint      NOT NULL,  -- number of the first row of that kind that stayed in its table
    written_at  timestamptz NOT NULL,
    verified_at timestamptz,
    dropped_at  timestamptz,
    restored_at timestamptz,
    CONSTRAINT archive_identity UNIQUE (kind, month, part)
);

-- Who archives or restores; nobody else does until then.
CREATE TABLE archive_turn (
    holder   text        NOT NULL,
    until    timestamptz NOT NULL,
    only_one boolean     PRIMARY KEY DEFAULT true CHECK (only_one)
);
INSERT INTO archive_turn (holder, until) VALUES ('', '-infinity');

-- The event itself stays, as source and id, which make the next one with them a duplicate; all else is in the file.
ALTER TABLE ticket_event ADD COLUMN archived bigint; -- archive.id; null: all of it is here
