package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a pass reads, as PostgreSQL counts it within the transaction, for somebody who has tens of thousands of notifications. */
class InboxReaderTest {

    private static final long PERSON = 7;
    private static final long HAS = 40_000;
    private static final int NEW = 10;

    /** From the sixth on PostgreSQL may take a plan that knows nothing of the values. */
    private static final int PASSES = 8;

    private static HikariDataSource database;
    private static InboxFixture inbox;

    @BeforeAll
    static void fill() {
        database = InboxFixture.freshDatabase();
        inbox = new InboxFixture(database);
        inbox.jdbc().execute("ALTER TABLE notification_log SET (autovacuum_enabled = false)");
        inbox.jdbc().execute("ALTER TABLE ticket_event SET (autovacuum_enabled = false)");
        inbox.jdbc()
                .update(
                        "INSERT INTO ticket_event SELECT n, 'urn:test', 'e' || n, 'ticket_created', now(), now(), NULL, '{}',"
                                + " n, 'title', 'HIGH', 'BUG', 'NEW', 1, 'Main', now(), 'subject', 'message'"
                                + " FROM generate_series(1, " + HAS + ") n");
        inbox.jdbc()
                .update("INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at)"
                        + " SELECT n, n, " + PERSON + ", 'SYSTEM', 'SENT', true, n, now() FROM generate_series(1, "
                        + HAS
                        + ") n");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Statistics of before a burst, and of after it: the planner thinks differently of the same tables. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_pass_reads_what_is_new_and_not_what_the_person_has(boolean analyzed) {
        if (analyzed) {
            inbox.jdbc().execute("ANALYZE notification_log, ticket_event");
        }
        InboxReader reader = new InboxReader(inbox.jdbc(), InboxFixture.policy());
        SeqRange news = new SeqRange(PERSON, HAS - NEW, HAS);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        for (int pass = 0; pass < PASSES; pass++) {
            Long read = transaction.execute(status -> {
                long before = read();
                assertThat(reader.rows(List.of(news)).getOrDefault(news, List.of()))
                        .extracting(InboxItem::seq)
                        .hasSize(NEW)
                        .isSorted()
                        .endsWith(HAS);
                return read() - before;
            });
            assertThat(Objects.requireNonNull(read)).isLessThan(10 * NEW);
        }
    }

    @Test
    void every_range_has_its_rows_in_order_also_where_some_are_gone_or_are_of_no_inbox() {
        inbox.jdbc()
                .update("INSERT INTO notification_log (id, event, recipient, channel, status, listed, seq, created_at)"
                        + " SELECT 100000 + 10 * p + n, n, p, 'SYSTEM', 'SENT', true, nullif(n, 4), now()"
                        + " FROM generate_series(8, 9) p, generate_series(1, 9) n WHERE n <> 6");
        SeqRange gaps = new SeqRange(8, 2, 9);
        SeqRange first = new SeqRange(9, 0, 2);
        SeqRange last = new SeqRange(9, 7, 9);
        SeqRange none = new SeqRange(10, 0, 5);
        var rows = new InboxReader(inbox.jdbc(), InboxFixture.policy()).rows(List.of(last, gaps, none, first));
        assertThat(rows).hasEntrySatisfying(gaps, is(3, 5, 7, 8, 9));
        assertThat(rows).hasEntrySatisfying(first, is(1, 2));
        assertThat(rows).hasEntrySatisfying(last, is(8, 9));
        assertThat(rows).hasEntrySatisfying(none, is());
    }

    private static Consumer<List<InboxItem>> is(Integer... seqs) {
        return items -> assertThat(items).extracting(item -> (int) item.seq()).containsExactly(seqs);
    }

    private static long read() {
        return Objects.requireNonNull(inbox.jdbc()
                .queryForObject(
                        "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"
                                + " WHERE relname IN ('notification_log', 'ticket_event')",
                        Long.class));
    }
}
