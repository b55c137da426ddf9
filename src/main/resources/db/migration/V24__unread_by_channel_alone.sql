-- In the place of this index is notification_log_unread_by_channel. A node of before goes by notification_log_listed then, in the same order, and passes
-- over what is read: slower for whoever has read very many, never wrong. It waits a moment for everybody who reads.
DROP INDEX notification_log_unread;
