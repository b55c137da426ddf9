package camelbell.it;

import static org.awaitility.Awaitility.await;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People whom another node has read from the users topic, as the node that plans knows them. */
@Tag("long")
class DirectoryOfNodesTest {

    @Test
    void whom_another_node_has_added_hears_of_the_next_event_however_long_this_one_remembers() throws Exception {
        try (Hub hub = new Hub("camelbell.directory.staleness=1h", "camelbell.directory.catch-up=1m")) {
            People.admins(hub, 1);
            People.event(hub, "first");
            await().until(() -> told(hub, "first") == 3);

            hub.bean(CamelContext.class).getRouteController().stopRoute("directory");
            People.admins(hub, 2);
            People.event(hub, "second");
            readByAnotherNode(hub);
            await().until(() -> told(hub, "second") == 6);
        }
    }

    @Test
    void whom_another_node_adds_after_this_one_has_given_up_waiting_hears_of_the_next_event() throws Exception {
        try (Hub hub = new Hub("camelbell.directory.staleness=1h", "camelbell.directory.catch-up=1s")) {
            People.admins(hub, 1);
            await().until(() -> hub.query("SELECT count(*) FROM person") == 1);
            hub.bean(CamelContext.class).getRouteController().stopRoute("directory");
            People.admins(hub, 2);
            People.event(hub, "first");
            await().until(() -> told(hub, "first") == 3);

            readByAnotherNode(hub);
            People.event(hub, "second");
            await().until(() -> told(hub, "second") == 6);
        }
    }

    /** In one transaction, as routes/15-directory.camel.yaml has it. */
    private static void readByAnotherNode(Hub hub) {
        hub.change(
                """
                WITH added AS (
                    INSERT INTO person (id, username, name, role, active, locale, time_zone, contacts, changed_at)
                    SELECT 2, 'u2', name, role, active, locale, time_zone, contacts, now() FROM person WHERE id = 1)
                INSERT INTO directory_progress (topic, partition, next_offset)
                SELECT ?, partition, 1000 FROM generate_series(0, 99) AS partition
                ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
                """,
                hub.property("camelbell.kafka.topics.users"));
    }

    private static long told(Hub hub, String event) {
        return hub.query("SELECT count(*) FROM notification_log n JOIN ticket_event e ON e.id = n.event"
                + " WHERE e.event_id = '" + event + "'");
    }
}
