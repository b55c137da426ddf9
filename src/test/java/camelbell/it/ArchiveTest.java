package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that lets what is old leave for files, as its clients and operators see it. */
@Tag("long")
class ArchiveTest {

    private static final int PEOPLE = 3;

    @TempDir
    Path folder;

    @Test
    void what_has_left_is_in_no_list_and_no_count_is_a_duplicate_for_ever_and_explain_says_where_it_is()
            throws Exception {
        try (Hub hub = new Hub(
                "camelbell.retention.every-ms=300",
                "camelbell.retention.notifications=90d",
                "camelbell.retention.archive=" + folder)) {
            People.admins(hub, PEOPLE);
            People.event(hub, "old");
            People.event(hub, "new");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 4 * PEOPLE
                    && hub.query("SELECT count(*) FROM delivery") == 0);
            hub.change("UPDATE notification_log SET created_at = '2020-02-03T04:05:06Z'"
                    + " WHERE event = (SELECT id FROM ticket_event WHERE event_id = 'old')");
            hub.change("UPDATE ticket_event SET received_at = '2020-02-03T04:05:06Z' WHERE event_id = 'old'");

            await().untilAsserted(() ->
                    assertThat(folder.resolve("2020-02/events.ndjson.zst")).exists());
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event WHERE archived IS NOT NULL") == 1);
            assertThat(hub.query("SELECT count(*) FROM notification_log")).isEqualTo(3L * PEOPLE);
            assertThat(hub.query("SELECT sum(unread) FROM inbox")).isEqualTo(3L * PEOPLE);

            People.event(hub, "old");
            People.event(hub, "newest");
            await().until(() -> hub.query("SELECT count(*) FROM ticket_event") == 3);
            assertThat(hub.query("SELECT count(*) FROM notification_log")).isEqualTo(6L * PEOPLE);

            Rest api = new Rest(hub);
            assertThat(api.get("/api/admin/explain/?source=urn:test&id=old", 1).body())
                    .contains(
                            "\"2020-02/events.ndjson.zst\"",
                            "\"2020-02/notifications.ndjson.zst\"",
                            "\"ticket_title\":null",
                            "\"people\":[]");
            assertThat(api.get("/api/admin/explain/?ticket=63&user=1", 1).body())
                    .contains("\"outcome\":\"ARCHIVED\"", "\"outcome\":\"TOLD\"");
            assertThat(api.get("/api/notifications/?notification_type=SYSTEM", 1)
                            .body())
                    .contains("\"count\":2");
        }
    }
}
