-- One table a migration, which is one transaction: nodes of before lock "inbox" and this table in either order.
--
-- The unread and the read ones of each channel, each in the order of the lists: whichever filter of channel and "read" is
-- asked for, its page is the head of one of them or of a few that are merged. A notification is recorded unread, so that
-- recording writes as many indexes as before; marking it moves it from the one to the other.
CREATE INDEX notification_log_unread_by_channel ON notification_log (recipient, channel, created_at DESC, id DESC)
    WHERE listed AND read_at IS NULL;
CREATE INDEX notification_log_read_by_channel ON notification_log (recipient, channel, created_at DESC, id DESC)
    WHERE listed AND read_at IS NOT NULL;
