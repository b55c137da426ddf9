package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class StackTest {

    @Test
    void each_caller_has_an_empty_postgresql_database_of_its_own() throws SQLException {
        Map<String, String> one = Stack.freshDatabase();
        Map<String, String> other = Stack.freshDatabase();

        try (Connection connection = connect(one)) {
            connection.createStatement().execute("CREATE TABLE here (id bigint)");
        }
        try (Connection connection = connect(other);
                var tables = connection.getMetaData().getTables(null, "public", "%", null)) {
            assertThat(tables.next()).isFalse();
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(17);
        }
    }

    @Test
    void a_hubs_database_needs_no_migration_and_is_no_other_hubs() {
        DriverManagerDataSource one = Stack.migratedDatabase();
        DriverManagerDataSource other = Stack.migratedDatabase();

        assertThat(Flyway.configure().dataSource(one).load().migrate().migrationsExecuted)
                .isZero();
        assertThat(hub(one)).matches("[0-9a-f]{16}").isNotEqualTo(hub(other));
    }

    @Test
    void kafka_makes_and_lists_the_topics_of_a_caller() throws Exception {
        Map<String, String> topics = Stack.freshTopics();
        String events = topics.get("camelbell.kafka.topics.ticket-events");

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topics.get("camelbell.kafka.brokers")))) {
            admin.createTopics(List.of(new NewTopic(events, 2, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            // the controller answers before every broker has heard of it
            await().untilAsserted(() -> assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .contains(events));
        }
    }

    @Test
    void the_properties_name_every_server_and_are_never_the_same_twice() {
        Map<String, String> first = Stack.properties();

        assertThat(first.get("camelbell.mail.port")).isNotEqualTo("0");
        assertThat(first.get("camelbell.whatsapp.base-url")).startsWith("http://localhost:");
        assertThat(Stack.properties().get("spring.datasource.url")).isNotEqualTo(first.get("spring.datasource.url"));
    }

    private static String hub(DriverManagerDataSource database) {
        return JdbcClient.create(database)
                .sql("SELECT id FROM hub")
                .query(String.class)
                .single();
    }

    private static Connection connect(Map<String, String> database) throws SQLException {
        return DriverManager.getConnection(
                database.getOrDefault("spring.datasource.url", ""),
                database.get("spring.datasource.username"),
                database.get("spring.datasource.password"));
    }
}
