package camelbell.store;

import camelbell.model.NotificationStatus;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.StatusReport.Change;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One notification as it is recorded. Immutable to JPA: it is persisted once, and later changes are set-based SQL
 * ({@link Settlement}), so Hibernate need not look for changes at every flush.
 */
@Entity
@Immutable
@Table(name = "notification_log")
class NotificationLogEntry {

    @Id
    private long id;

    @Column
    private long event;

    @Column
    private long recipient;

    @Column
    private String channel = "";

    @Column
    private String status = "";

    @Column
    private @Nullable String reason;

    @Column
    private boolean listed;

    /** Number of its words in the event's further ones; null: the event's own. */
    @Column
    private @Nullable Short words;

    @Column
    private @Nullable Long seq;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column(name = "sent_at")
    private @Nullable Instant sentAt;

    /** For JPA. */
    protected NotificationLogEntry() {}

    NotificationLogEntry(long id, long event, Notice notice, Instant createdAt) {
        this.id = id;
        this.event = event;
        this.recipient = notice.recipient().id();
        this.channel = notice.channel().code();
        this.reason = notice.skipped();
        this.listed = notice.skipped() == null;
        this.words = notice.words() == Plan.OWN_WORDS ? null : (Short) (short) notice.words();
        this.createdAt = createdAt;
        NotificationStatus initial = NotificationStatus.of(notice);
        this.sentAt = initial == NotificationStatus.SENT ? createdAt : null;
        this.status = initial.name();
    }

    long id() {
        return id;
    }

    long recipient() {
        return recipient;
    }

    String channel() {
        return channel;
    }

    /** What producers are told of the entry as it is recorded; null while its fate is open. */
    @Nullable
    Change change() {
        NotificationStatus recorded = NotificationStatus.valueOf(status);
        return recorded == NotificationStatus.PENDING ? null : Change.of(recorded, id, recipient, channel, reason);
    }

    boolean listed() {
        return listed;
    }

    /** Gives the entry its place in the recipient's inbox; before it is persisted. */
    void number(long place) {
        this.seq = place;
    }
}
