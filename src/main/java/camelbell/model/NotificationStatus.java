package camelbell.model;

import java.util.Locale;

/** What is known of a notification. Source: contract §3. */
public enum NotificationStatus {
    /** Recorded; a delivery is waiting, under way or to be tried again. */
    PENDING,
    /** The provider (or, in the inbox, the database) has accepted it. */
    SENT,
    /** The provider says that it reached the person's device or mailbox. */
    DELIVERED,
    /** The provider says that the person has opened it. */
    READ,
    /** It will not be tried again; the reason says why. */
    FAILED,
    /** It was never to be sent: no address on file, or opted out; the reason says which. */
    SKIPPED;

    /** As the notification is recorded: in the inbox, to be recorded is to be delivered. */
    public static NotificationStatus of(Plan.Notice notice) {
        if (notice.skipped() != null) {
            return SKIPPED;
        }
        return notice.channel().inbox() ? SENT : PENDING;
    }

    /** The capitalised word that the API shows. */
    public String display() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
