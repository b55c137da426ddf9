package camelbell.status;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** One row of the outbox as route 30 persists it. Immutable to JPA: it is published and deleted by set-based SQL. */
@Entity
@Immutable
@Table(name = "status_outbox")
class OutboxEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "created_at")
    private Instant createdAt = Instant.EPOCH;

    @Column
    private byte[] reports = {};

    /** For JPA. */
    protected OutboxEntry() {}

    OutboxEntry(Instant createdAt, byte[] reports) {
        this.createdAt = createdAt;
        this.reports = reports;
    }
}
