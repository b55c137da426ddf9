-- Lists that cost the same for whoever has a thousand notifications and for whoever has a million.
--
-- How long a list is stands beside how many of it are unread. A node of before does not know the new columns, so what is
-- believed is only a length that was written by the very transaction that wrote the row last (counted = xmin). Null, or
-- written over by such a node: nobody knows, and the next who asks counts and writes it down. Hence nothing is filled here.
ALTER TABLE inbox ADD COLUMN listed bigint; -- how many of the person's notifications of the channel the lists have
ALTER TABLE inbox ADD COLUMN counted xid;   -- the transaction that wrote listed

-- The unread and the read ones of each channel, each in the order of the lists: whichever filter of channel and "read" is
-- asked for, its page is the head of one of them or of a few that are merged. A notification is recorded unread, so that
-- recording writes as many indexes as before; marking it moves it from the one to the other.
CREATE INDEX notification_log_unread_by_channel ON notification_log (recipient, channel, created_at DESC, id DESC)
    WHERE listed AND read_at IS NULL;
CREATE INDEX notification_log_read_by_channel ON notification_log (recipient, channel, created_at DESC, id DESC)
    WHERE listed AND read_at IS NOT NULL;

-- In its place is the first of them. A node of before goes by notification_log_listed then, in the same order, and passes
-- over what is read: slower for whoever has read very many, never wrong. Last, since it waits for everybody who reads.
DROP INDEX notification_log_unread;
