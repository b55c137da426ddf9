package camelbell.socket;

import java.util.Map;

/**
 * The state of one person's inbox at one moment.
 *
 * @param lastSeq the newest sequence number
 * @param unread how many are unread, by channel code, every channel of the policy in its order
 */
record Inbox(long lastSeq, Map<String, Long> unread) {

    long unreadCount() {
        return unread.values().stream().mapToLong(Long::longValue).sum();
    }
}
