-- Lists that cost the same for whoever has a thousand notifications and for whoever has a million.
--
-- How long a list is stands beside how many of it are unread. A node of before does not know the new columns, so what is
-- believed is only a length that was written by the very transaction that wrote the row last (counted = xmin). Null, or
-- written over by such a node: nobody knows, and the next who asks counts and writes it down. Hence nothing is filled here.
ALTER TABLE inbox ADD COLUMN listed bigint; -- how many of the person's notifications of the channel the lists have
ALTER TABLE inbox ADD COLUMN counted xid;   -- the transaction that wrote listed
