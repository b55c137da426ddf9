-- Until when some node had a channel in its policy table: what waits for one that no node has had for a while is sent by nobody.
-- A node of before neither writes nor reads it.
CREATE TABLE served_channel (
    channel varchar(32) PRIMARY KEY,
    seen_at timestamptz NOT NULL -- when a node last had it; for one that no node of now has had: when it was first missed
);
