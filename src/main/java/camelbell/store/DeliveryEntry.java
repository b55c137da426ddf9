package camelbell.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Outstanding work as it is born. Claims, retries and settling are set-based SQL, so JPA never updates it. */
@Entity
@Immutable
@Table(name = "delivery")
class DeliveryEntry {

    @Id
    @Column(name = "notification_id")
    private long notificationId;

    @Column
    private String channel = "";

    @Column(name = "ready_at")
    private Instant readyAt = Instant.EPOCH;

    @Column(name = "due_at")
    private Instant dueAt = Instant.EPOCH;

    @Column
    private int attempt;

    @Column(name = "leased_by")
    private @Nullable String leasedBy;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    /** For JPA. */
    protected DeliveryEntry() {}

    private DeliveryEntry(NotificationLogEntry entry, Instant createdAt, Instant dueAt, int attempt) {
        this.notificationId = entry.id();
        this.channel = entry.channel();
        this.readyAt = createdAt;
        this.dueAt = dueAt;
        this.attempt = attempt;
        this.createdAt = createdAt;
    }

    /** Work that this node takes at once: nobody else may have it before the lease runs out. */
    static DeliveryEntry leased(NotificationLogEntry entry, Instant now, Lease lease) {
        DeliveryEntry delivery = new DeliveryEntry(entry, now, lease.until(), 1);
        delivery.leasedBy = lease.node();
        return delivery;
    }

    /** Work for whoever has room first. */
    static DeliveryEntry waiting(NotificationLogEntry entry, Instant now) {
        return new DeliveryEntry(entry, now, now, 0);
    }
}
