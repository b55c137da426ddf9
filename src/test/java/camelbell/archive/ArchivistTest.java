package camelbell.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.store.RowKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What leaves for files is in them, whole, before it is gone; and whatever happens on the way, nothing is lost. */
class ArchivistTest {

    @TempDir
    Path folder;

    private final List<ArchivedHub> hubs = new ArrayList<>();

    @AfterEach
    void close() {
        hubs.forEach(ArchivedHub::close);
    }

    private ArchivedHub empty() {
        ArchivedHub hub = new ArchivedHub(folder);
        hubs.add(hub);
        return hub;
    }

    private ArchivedHub hub() {
        ArchivedHub hub = empty();
        hub.event(1, "2026-03-31T23:59:58Z");
        hub.event(2, "2026-04-01T00:00:00Z");
        hub.event(3, "2026-04-30T23:59:59.999999Z");
        hub.event(4, "2026-05-01T00:00:00Z");
        return hub;
    }

    @Test
    void months_that_are_over_for_long_enough_leave_each_for_its_files_and_the_next_one_stays() throws IOException {
        ArchivedHub hub = hub();
        hub.archive();

        assertThat(hub.all("SELECT file || ' ' || rows FROM archive WHERE dropped_at IS NOT NULL ORDER BY 1"))
                .containsExactly(
                        "2026-03/attempts.ndjson.zst 2",
                        "2026-03/events.ndjson.zst 1",
                        "2026-03/notifications.ndjson.zst 4",
                        "2026-04/attempts.ndjson.zst 6",
                        "2026-04/events.ndjson.zst 2",
                        "2026-04/notifications.ndjson.zst 8");
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(hub.all("SELECT event_id FROM ticket_event WHERE archived IS NULL"))
                .containsExactly("event-4");
        assertThat(ArchivedHub.lines(folder.resolve("2026-04/events.ndjson.zst")))
                .hasSize(2)
                .first()
                .asString()
                .contains(
                        "\"event_id\":\"event-2\"",
                        "\"received_at\":\"2026-04-01T00:00:00+00:00\"",
                        "\"told\": [1, 2]");
        assertThat(folder.resolve("2026-04/manifest.json"))
                .content()
                .contains("\"hub\" : \"" + hub.all("SELECT id FROM hub").get(0), "\"events.ndjson.zst\"");
        assertThat(hub.wrong()).isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void people_no_longer_see_or_count_what_has_left() {
        ArchivedHub hub = hub();
        hub.archive();

        assertThat(hub.counts()).containsExactly("1EMAIL1 4 1", "1SYSTEM1 4 1", "2EMAIL0 4 1", "2SYSTEM0 4 1");
    }

    @Test
    void a_restored_month_is_what_it_was_in_lists_and_counts() {
        ArchivedHub hub = hub();
        List<String> rows = hub.rows();
        List<String> counts = hub.counts();
        hub.archive();

        assertThat(hub.restore("2026-04", "90d"))
                .isEqualTo(Map.of(RowKind.EVENTS, 2L, RowKind.NOTIFICATIONS, 8L, RowKind.ATTEMPTS, 6L));
        assertThat(hub.restore("2026-03", "90d"))
                .isEqualTo(Map.of(RowKind.EVENTS, 1L, RowKind.NOTIFICATIONS, 4L, RowKind.ATTEMPTS, 2L));

        assertThat(hub.rows()).isEqualTo(rows);
        assertThat(hub.counts()).isEqualTo(counts);
        assertThat(hub.restore("2026-04", "90d").values()).containsOnly(0L);
        assertThat(hub.counts()).isEqualTo(counts);

        hub.archive();
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(folder.resolve("2026-04/notifications-2.ndjson.zst")).exists();
        assertThat(hub.wrong()).isEmpty();
    }

    @Test
    void a_restored_notification_brings_its_event_along_that_came_in_the_month_before() {
        ArchivedHub hub = empty();
        hub.event(1, "2026-03-31T23:59:59Z");
        hub.jdbc
                .sql("UPDATE notification_log SET created_at = '2026-04-01T00:00:00Z'")
                .update();
        hub.archive();

        hub.restore("2026-04", "90d");

        assertThat(hub.all("SELECT subject FROM ticket_event")).containsExactly("s");
        assertThat(hub.count("notification_log")).isEqualTo(4);
    }

    @Test
    void a_month_that_would_leave_again_at_once_is_not_restored() {
        ArchivedHub hub = hub();
        hub.archive();

        assertThatThrownBy(() -> hub.restore("2026-04", "30d"))
                .isInstanceOf(ArchiveFault.class)
                .hasMessageContaining(
                        "first set camelbell.retention.attempts and camelbell.retention.notifications higher");
        assertThatThrownBy(() -> hub.restore("2025-04", "90d"))
                .hasMessageContaining("Nothing has been archived of 2025-04");
    }

    @Test
    void whatever_statement_is_the_last_one_the_next_look_brings_it_to_the_same_end() throws IOException {
        ArchivedHub hub = empty();
        int statements = 0;
        boolean finished = false;
        while (!finished) {
            statements++;
            Path own = Files.createDirectory(folder.resolve("after-" + statements));
            hub.begin(own);
            hub.event(1, "2026-03-31T23:59:58Z");
            List<String> rows = hub.rows();
            finished = untilKilled(hub, own, statements);
            Files.writeString(
                    Files.createDirectories(own.resolve("2026-03")).resolve("attempts.ndjson.zst.killed.tmp"), "half");
            hub.jdbc.sql("UPDATE archive_turn SET until = now()").update();
            hub.archive(hub.hubs, own.toString(), "next");

            assertThat(hub.all("SELECT file FROM archive WHERE dropped_at IS NOT NULL ORDER BY 1"))
                    .as("after statement %d", statements)
                    .containsExactly(
                            "2026-03/attempts.ndjson.zst",
                            "2026-03/events.ndjson.zst",
                            "2026-03/notifications.ndjson.zst",
                            "2026-04/attempts.ndjson.zst");
            assertThat(hub.count("notification_log") + hub.count("attempt")).isZero();
            assertThat(hub.wrong()).isEmpty();
            hub.restore("2026-03", "90d");
            hub.restore("2026-04", "90d");
            assertThat(hub.rows()).as("after statement %d", statements).isEqualTo(rows);
        }
        assertThat(statements).isGreaterThan(50);
    }

    /** One look whose connection is lost behind so many statements; answers whether it needed no more. */
    private static boolean untilKilled(ArchivedHub hub, Path own, int statements) {
        AtomicInteger left = new AtomicInteger(statements);
        try {
            hub.archive(dying(hub.hubs, left), own.toString());
            return left.get() >= 0;
        } catch (RuntimeException killed) {
            return false;
        }
    }

    private static DataSource dying(DataSource database, AtomicInteger left) {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection session = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                            boolean says = method.getName().equals("prepareStatement")
                                    || method.getName().equals("commit");
                            if (says && left.getAndDecrement() <= 0) {
                                throw new SQLException("the process is gone");
                            }
                            try {
                                return method.invoke(session, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }
        };
    }

    @Test
    void what_somebody_holds_stays_until_the_next_look_and_its_file_has_no_name_before() throws SQLException {
        ArchivedHub hub = hub();
        try (Connection holder =
                open(hub, "SELECT 1 FROM inbox WHERE recipient = 2 AND channel = 'EMAIL' FOR UPDATE")) {
            hub.archive();
            assertThat(hub.count("notification_log WHERE recipient = 2 AND created_at < '2026-04-01Z'"))
                    .isEqualTo(1);
            assertThat(folder.resolve("2026-03/notifications.ndjson.zst")).doesNotExist();
            assertThat(folder.resolve("2026-03/notifications.ndjson.zst.node.tmp"))
                    .exists();
            holder.rollback();
        }
        hub.archive();
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(hub.wrong()).isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void what_changes_while_it_leaves_stays_and_has_a_file_of_its_own_later() throws SQLException, IOException {
        ArchivedHub hub = hub();
        try (Connection holder =
                open(hub, "SELECT 1 FROM inbox WHERE recipient = 1 AND channel = 'EMAIL' FOR UPDATE")) {
            hub.archive();
            holder.rollback();
        }
        hub.jdbc
                .sql("UPDATE notification_log SET read_at = '2026-06-03T11:00:00Z' WHERE id = 12")
                .update();

        hub.archive();
        hub.archive();

        assertThat(ArchivedHub.lines(folder.resolve("2026-03/notifications-2.ndjson.zst")))
                .singleElement()
                .asString()
                .contains("\"id\":12,", "\"read_at\":\"2026-06-03T11:00:00+00:00\"");
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(hub.count("ticket_event WHERE archived IS NULL")).isEqualTo(1);
    }

    @Test
    void what_is_still_to_be_delivered_stays_with_its_event_and_holds_up_nothing_else() {
        ArchivedHub hub = hub();
        hub.jdbc
                .sql("UPDATE notification_log SET status = 'PENDING' WHERE id = 12")
                .update();
        hub.archive();

        assertThat(hub.all("SELECT id::text FROM notification_log WHERE created_at < '2026-05-01Z'"))
                .containsExactly("12");
        assertThat(hub.all("SELECT event_id FROM ticket_event WHERE archived IS NULL ORDER BY 1"))
                .containsExactly("event-1", "event-4");

        hub.jdbc
                .sql("UPDATE notification_log SET status = 'SENT' WHERE id = 12")
                .update();
        hub.archive();
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(hub.count("ticket_event WHERE archived IS NULL")).isEqualTo(1);
    }

    @Test
    void of_a_row_that_is_in_two_parts_the_later_one_comes_back() throws SQLException {
        ArchivedHub hub = held();
        hub.jdbc
                .sql("UPDATE notification_log SET read_at = '2026-06-03T11:00:00Z' WHERE id = 14")
                .update();
        List<String> changed = hub.all("SELECT n::text FROM notification_log n WHERE id = 14");
        hub.archive();
        assertThat(hub.count("notification_log WHERE id = 14")).isZero();

        hub.restore("2026-03", "90d");

        assertThat(hub.all("SELECT n::text FROM notification_log n WHERE id = 14"))
                .isEqualTo(changed);
    }

    @Test
    void attempts_that_an_old_notification_gets_later_leave_when_they_are_old() {
        ArchivedHub hub = hub();
        hub.archive();
        hub.jdbc
                .sql(
                        "INSERT INTO attempt VALUES (12, '2026-04-15T00:00:00Z', 3, 'SENT', NULL), (12, '2026-05-15T00:00:00Z', 4, 'SENT', NULL)")
                .update();
        hub.archive();

        assertThat(hub.all("SELECT attempt::text FROM attempt WHERE notification_id = 12"))
                .containsExactly("4");
        assertThat(folder.resolve("2026-04/attempts-2.ndjson.zst")).exists();
    }

    @Test
    void two_hubs_with_one_folder_are_told_apart_before_the_first_file_is_whole() throws SQLException {
        ArchivedHub one = held();
        ArchivedHub other = hub();
        other.archive();

        assertThat(other.fault())
                .contains("is of the hub " + one.all("SELECT id FROM hub").get(0));
        assertThat(other.count("notification_log")).isEqualTo(16);
    }

    @Test
    void a_node_that_has_lost_its_turn_leaves_what_another_one_writes_alone() throws IOException {
        ArchivedHub hub = hub();
        Path late = Files.createDirectories(folder.resolve("2026-03")).resolve("attempts.ndjson.zst.late.tmp");
        try (LineWriter paused = new LineWriter(late)) {
            paused.line("{\"half\": true}");
            hub.archive();
        }
        assertThat(hub.wrong()).isEmpty();
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void a_file_with_a_flipped_byte_takes_nothing_out_of_its_table() throws SQLException, IOException {
        ArchivedHub hub = held();
        Path file = folder.resolve("2026-03/notifications.ndjson.zst.node.tmp");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        long before = hub.count("notification_log");

        hub.archive();

        assertThat(hub.fault()).startsWith(file + " ").contains("bring the file back from a copy");
        assertThat(hub.count("notification_log")).isEqualTo(before);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        hub.archive();
        assertThat(hub.fault()).isEqualTo("null");
        assertThat(hub.count("notification_log")).isEqualTo(4);
    }

    @Test
    void a_file_that_is_missing_takes_nothing_out_of_its_table() throws SQLException, IOException {
        ArchivedHub hub = held();
        Files.delete(folder.resolve("2026-03/notifications.ndjson.zst.node.tmp"));
        long before = hub.count("notification_log");

        hub.archive();

        assertThat(hub.fault()).contains("2026-03/notifications.ndjson.zst.node.tmp is not there");
        assertThat(hub.count("notification_log")).isEqualTo(before);
    }

    @Test
    void a_file_that_has_gone_before_it_was_read_back_is_written_anew() {
        ArchivedHub hub = hub();
        hub.jdbc
                .sql(
                        "INSERT INTO archive (kind, month, part, file, begun, rows, bytes, sha256, walk_from, written_at) VALUES"
                                + " ('notifications', '2026-03-01', 1, '2026-03/notifications.ndjson.zst',"
                                + " '2026-03/notifications.ndjson.zst.killed.tmp', 4, 1, '', 1, now())")
                .update();
        hub.archive();

        assertThat(hub.fault()).isEqualTo("null");
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(hub.wrong()).isEmpty();
    }

    /** One whose notifications of March have been written and verified, and have not left all. */
    private ArchivedHub held() throws SQLException {
        ArchivedHub hub = hub();
        try (Connection holder =
                open(hub, "SELECT 1 FROM inbox WHERE recipient = 2 AND channel = 'EMAIL' FOR UPDATE")) {
            hub.archive();
            holder.rollback();
        }
        return hub;
    }

    @Test
    void what_a_backup_has_brought_back_leaves_once_more_beside_the_files_that_it_knows_nothing_of()
            throws IOException {
        ArchivedHub hub = hub();
        hub.archive();
        byte[] first = Files.readAllBytes(folder.resolve("2026-03/notifications.ndjson.zst"));
        hub.begin(folder);
        hub.event(1, "2026-03-31T23:59:58Z");
        hub.archive();

        assertThat(hub.count("notification_log")).isZero();
        assertThat(folder.resolve("2026-03/notifications.ndjson.zst")).hasBinaryContent(first);
        assertThat(ArchivedHub.lines(folder.resolve("2026-03/notifications-2.ndjson.zst")))
                .hasSize(4);
        assertThat(hub.wrong()).isEmpty();
    }

    @Test
    void the_folder_of_another_hub_is_left_alone() throws IOException {
        Files.createDirectory(folder.resolve("2026-03"));
        new Manifest(Manifest.FORMAT, "another", "2026-03", List.of()).write(folder.resolve("2026-03"));
        ArchivedHub hub = hub();
        hub.archive();

        assertThat(hub.fault()).contains("is of the hub another");
        assertThat(hub.count("notification_log")).isEqualTo(16);
        assertThat(hub.wrong()).singleElement().asString().contains("is of the hub another");
    }

    @Test
    void a_full_disk_leaves_nothing_half_and_its_rows_where_they_were_and_holds_up_no_other_kind() throws IOException {
        Files.createDirectory(folder.resolve("2026-03"));
        Files.createSymbolicLink(folder.resolve("2026-03/attempts.ndjson.zst.node.tmp"), Path.of("/dev/full"));
        ArchivedHub hub = hub();
        hub.archive();

        assertThat(hub.fault()).isEqualTo("Old attempts cannot be written to " + folder + ": No space left on device.");
        assertThat(hub.count("attempt")).isEqualTo(16);
        assertThat(hub.count("notification_log")).isEqualTo(4);
        assertThat(leftovers()).isEmpty();

        hub.archive();
        assertThat(hub.fault()).isEqualTo("null");
        assertThat(hub.count("attempt")).isEqualTo(8);
    }

    @Test
    void a_folder_that_is_not_there_is_not_made_since_its_disk_may_not_be_mounted() {
        ArchivedHub hub = hub();
        Path absent = folder.resolve("absent");
        hub.archive(hub.hubs, absent.toString());

        assertThat(hub.fault()).contains("The folder " + absent + " of camelbell.retention.archive is not there");
        assertThat(absent).doesNotExist();
        assertThat(hub.count("notification_log")).isEqualTo(16);
    }

    @Test
    void while_another_node_has_its_turn_this_one_does_nothing() {
        ArchivedHub hub = hub();
        hub.jdbc
                .sql("UPDATE archive_turn SET holder = 'other', until = now() + interval '1 min'")
                .update();
        hub.archive();
        assertThat(hub.count("notification_log")).isEqualTo(16);

        hub.jdbc.sql("UPDATE archive_turn SET until = now() - interval '1 s'").update();
        hub.archive();
        assertThat(hub.count("notification_log")).isEqualTo(4);
    }

    @Test
    void what_happens_to_finished_files_is_found_when_they_are_verified() throws IOException {
        ArchivedHub hub = hub();
        hub.archive();
        Path events = folder.resolve("2026-03/events.ndjson.zst");
        byte[] bytes = Files.readAllBytes(events);
        bytes[bytes.length - 1] ^= 1;
        Files.write(events, bytes);
        Files.delete(folder.resolve("2026-03/attempts.ndjson.zst"));
        Files.write(folder.resolve("2026-04/events.ndjson.zst"), new byte[] {1}, StandardOpenOption.APPEND);
        Files.delete(folder.resolve("2026-04/manifest.json"));

        assertThat(hub.wrong())
                .satisfiesExactly(
                        attempts -> assertThat(attempts)
                                .startsWith("2026-03/attempts.ndjson.zst is not there; it had 2 rows"),
                        flipped -> assertThat(flipped).startsWith("2026-03/events.ndjson.zst cannot be read"),
                        manifest -> assertThat(manifest).isEqualTo("2026-04/manifest.json is not there"),
                        longer -> assertThat(longer).startsWith("2026-04/events.ndjson.zst "));
        assertThatThrownBy(() -> hub.restore("2026-03", "90d")).hasMessageContaining("was not put back");
        assertThat(hub.count("notification_log")).isEqualTo(4);
    }

    private List<Path> leftovers() {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection open(ArchivedHub hub, String statement) throws SQLException {
        Connection session = hub.database.getConnection();
        session.setAutoCommit(false);
        try (Statement first = session.createStatement()) {
            first.execute(statement);
        }
        return session;
    }
}
