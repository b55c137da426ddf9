package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The directory is what the users topic says, whatever the database and the consumer group remember of it. */
@Tag("long")
class RestoredDatabaseTest {

    @Test
    void an_empty_database_gets_the_whole_directory_again_and_an_older_one_what_it_has_missed() {
        try (Hub hub = new Hub()) {
            post(hub, 1, 3);
            await().until(() -> people(hub) == 3);

            hub.restart(() -> hub.useDatabase(Stack.freshDatabase()));
            await().untilAsserted(() -> assertThat(people(hub)).isEqualTo(3));
            People.event(hub, "afterwards");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE channel = 'SYSTEM'") == 3);

            hub.execute("DELETE FROM person WHERE id = 3");
            hub.execute("UPDATE directory_progress SET next_offset = 2");
            hub.restart();
            await().untilAsserted(() -> assertThat(people(hub)).isEqualTo(3));
        }
    }

    /** As the list of changes says: a version of before read the records and kept no groups. */
    @Test
    void the_groups_of_people_who_were_posted_long_ago_come_when_the_topic_is_read_anew() {
        try (Hub hub = new Hub()) {
            hub.post("users", "1", user(1).replace("}", ",\"groups\":[\"on-call\"]}"));
            hub.flush();
            await().until(() -> inGroups(hub) == 1);

            hub.restart(() -> {
                hub.execute("UPDATE person SET groups = NULL");
                hub.execute("DELETE FROM directory_progress");
            });
            await().untilAsserted(() -> assertThat(inGroups(hub)).isEqualTo(1));
        }
    }

    private static long inGroups(Hub hub) {
        return hub.query("SELECT count(*) FROM person WHERE groups = ARRAY['on-call']");
    }

    @Test
    void a_users_topic_that_was_made_anew_is_read_from_its_beginning_though_the_database_is_ahead() {
        try (Hub hub = new Hub()) {
            post(hub, 1, 2);
            await().until(() -> people(hub) == 2);

            hub.restart(() -> {
                recreate(hub, hub.property("camelbell.kafka.topics.users"));
                post(hub, 3, 6);
            });
            await().untilAsserted(() -> assertThat(people(hub)).isEqualTo(6));
        }
    }

    /** Under one key, so that they are in one partition, in this order. */
    private static void post(Hub hub, int first, int last) {
        for (int id = first; id <= last; id++) {
            hub.post("users", "same", user(id));
        }
        hub.flush();
    }

    private static void recreate(Hub hub, String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", hub.property("camelbell.kafka.brokers")))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(topic));
            admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1))).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Cannot make " + topic + " anew", e);
        }
    }

    private static long people(Hub hub) {
        return hub.query("SELECT count(*) FROM person");
    }

    private static String user(int id) {
        return "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\"}".formatted(id, id);
    }
}
