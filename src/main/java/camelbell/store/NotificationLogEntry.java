package camelbell.store;

import camelbell.model.NotificationStatus;
import camelbell.model.Plan.Notice;
import camelbell.model.StatusReport.StatusChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One notification as it is recorded: written once ({@link RecordedRows}), later changes are set-based ({@link Settlement}). */
final class NotificationLogEntry {

    private final long id;
    private final long event;
    private final Notice notice;
    private final NotificationStatus status;
    private final Instant createdAt;
    private long place;

    NotificationLogEntry(long id, long event, Notice notice, Instant createdAt) {
        this.id = id;
        this.event = event;
        this.notice = notice;
        this.status = NotificationStatus.of(notice);
        this.createdAt = createdAt;
    }

    long id() {
        return id;
    }

    long event() {
        return event;
    }

    long recipient() {
        return notice.recipient().id();
    }

    String channel() {
        return notice.channel().code();
    }

    NotificationStatus status() {
        return status;
    }

    /** Why it is skipped; null where it is not. */
    @Nullable
    String reason() {
        return notice.skipped();
    }

    boolean listed() {
        return notice.skipped() == null;
    }

    /** Number of its words among the plan's. */
    int words() {
        return notice.words();
    }

    Instant createdAt() {
        return createdAt;
    }

    /** What producers are told of the entry as it is recorded; null while its fate is open. */
    @Nullable
    StatusChange change() {
        return status == NotificationStatus.PENDING
                ? null
                : StatusChange.of(status, id, recipient(), channel(), reason());
    }

    /** Gives the entry its place in the recipient's inbox; before it is written. */
    void number(long inInbox) {
        this.place = inInbox;
    }

    /** Its place in the recipient's inbox; 0 for none. */
    long place() {
        return place;
    }
}
