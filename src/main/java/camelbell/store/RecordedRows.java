package camelbell.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.stereotype.Component;

/**
 * Writes what was composed, in the caller's transaction: one statement for each table, whose text is always the same, so that
 * the server parses and plans it once. Columns travel as arrays, dates as microseconds behind the first. By JPA's own
 * statements: what it persists, it persists row by row.
 */
@Component("recordedRows")
class RecordedRows {

    private static final String ENTRIES =
            """
            INSERT INTO notification_log (id, event, recipient, channel, status, reason, listed, words, seq, created_at, sent_at)
            SELECT u.id, u.event, u.recipient, u.channel, u.status, u.reason, u.status <> 'SKIPPED', nullif(u.words, 0),
                nullif(u.seq, 0), a.at, CASE WHEN u.status = 'SENT' THEN a.at END
            FROM unnest(CAST(?1 AS bigint[]), CAST(?2 AS bigint[]), CAST(?3 AS bigint[]), CAST(?4 AS text[]),
                        CAST(?5 AS text[]), CAST(?6 AS text[]), CAST(?7 AS smallint[]), CAST(?8 AS bigint[]),
                        CAST(?9 AS bigint[]))
                 AS u (id, event, recipient, channel, status, reason, words, seq, micros)
            CROSS JOIN LATERAL (SELECT CAST(?10 AS timestamptz) + u.micros * interval '1 microsecond' AS at) AS a
            """;

    private static final String DELIVERIES =
            """
            INSERT INTO delivery (notification_id, channel, ready_at, due_at, attempt, leased_by, created_at)
            SELECT u.id, u.channel, a.at, CASE WHEN u.leased THEN CAST(?6 AS timestamptz) ELSE a.at END, CAST(u.leased AS int),
                CASE WHEN u.leased THEN CAST(?7 AS text) END, a.at
            FROM unnest(CAST(?1 AS bigint[]), CAST(?2 AS text[]), CAST(?3 AS boolean[]), CAST(?4 AS bigint[]))
                 AS u (id, channel, leased, micros)
            CROSS JOIN LATERAL (SELECT CAST(?5 AS timestamptz) + u.micros * interval '1 microsecond' AS at) AS a
            """;

    private final EntityManager entities;

    RecordedRows(EntityManagerFactory entities) {
        this.entities = SharedEntityManagerCreator.createSharedEntityManager(entities);
    }

    /** Notifications of channels with a provider, and their deliveries. */
    public void outgoing(Recording recording) {
        entries(recording.outgoing());
        deliveries(recording.deliveries());
    }

    /** Notifications that are delivered by being recorded; they are numbered. */
    public void inbox(Recording recording) {
        entries(recording.inbox());
    }

    private void entries(List<NotificationLogEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        int count = entries.size();
        long[] ids = new long[count];
        long[] events = new long[count];
        long[] recipients = new long[count];
        String[] channels = new String[count];
        String[] states = new String[count];
        @Nullable String[] reasons = new String[count];
        short[] words = new short[count];
        long[] places = new long[count];
        long[] micros = new long[count];
        Instant first = entries.get(0).createdAt();
        for (int i = 0; i < count; i++) {
            NotificationLogEntry entry = entries.get(i);
            ids[i] = entry.id();
            events[i] = entry.event();
            recipients[i] = entry.recipient();
            channels[i] = entry.channel();
            states[i] = entry.status().name();
            reasons[i] = entry.reason();
            words[i] = (short) entry.words();
            places[i] = entry.place();
            micros[i] = first.until(entry.createdAt(), ChronoUnit.MICROS);
        }
        write(
                        entities.createNativeQuery(ENTRIES),
                        ids,
                        events,
                        recipients,
                        channels,
                        states,
                        reasons,
                        words,
                        places,
                        micros)
                .setParameter(10, utc(first))
                .executeUpdate();
    }

    private void deliveries(List<DeliveryEntry> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        int count = deliveries.size();
        long[] ids = new long[count];
        String[] channels = new String[count];
        boolean[] leased = new boolean[count];
        long[] micros = new long[count];
        Instant first = deliveries.get(0).createdAt();
        Lease lease = null;
        for (int i = 0; i < count; i++) {
            DeliveryEntry delivery = deliveries.get(i);
            ids[i] = delivery.entry().id();
            channels[i] = delivery.entry().channel();
            leased[i] = delivery.lease() != null;
            micros[i] = first.until(delivery.createdAt(), ChronoUnit.MICROS);
            lease = delivery.lease() == null ? lease : delivery.lease(); // one transaction's have all the same
        }
        write(entities.createNativeQuery(DELIVERIES), ids, channels, leased, micros)
                .setParameter(5, utc(first))
                .setParameter(6, lease == null ? utc(first) : utc(lease.until()))
                .setParameter(7, lease == null ? "" : lease.node())
                .executeUpdate();
    }

    private static Query write(Query insert, Object... columns) {
        for (int i = 0; i < columns.length; i++) {
            insert.setParameter(i + 1, columns[i]);
        }
        return insert;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
