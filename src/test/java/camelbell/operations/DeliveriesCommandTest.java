package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DeliveriesCommandTest {

    private final Map<String, String> database = Stack.hubDatabase();
    private final DriverManagerDataSource source = new DriverManagerDataSource(
            database.getOrDefault("spring.datasource.url", ""),
            database.getOrDefault("spring.datasource.username", ""),
            database.getOrDefault("spring.datasource.password", ""));
    private final JdbcClient jdbc = JdbcClient.create(source);

    @BeforeEach
    void a_failed_and_a_sent_delivery() {
        database.forEach(System::setProperty);
        jdbc.sql("INSERT INTO ticket_event VALUES (1, 'urn:test', 'e1', 'ticket_created', now(), now(), NULL, '{}', 63,"
                        + " 't', 'LOW', 'BUG', 'NEW', 2, 'p', now(), 's', 'm')")
                .update();
        jdbc.sql("INSERT INTO notification_log (id, event, recipient, channel, status, reason, listed, created_at)"
                        + " VALUES (11, 1, 7, 'EMAIL', 'FAILED', 'SMTP 550; gave up after attempt 7', true, now()),"
                        + " (12, 1, 7, 'WHATSAPP', 'SENT', NULL, true, now())")
                .update();
    }

    @AfterEach
    void forget() {
        database.keySet().forEach(System::clearProperty);
    }

    @Test
    void failed_deliveries_are_listed_and_tried_again_once() {
        assertThat(Typed.in("deliveries", "list").out().lines())
                .singleElement()
                .asString()
                .startsWith("11\t")
                .endsWith("\tEMAIL\tticket_created\t7\tSMTP 550; gave up after attempt 7");

        Typed typed = Typed.in("deliveries", "retry", "--reason", "SMTP 550");
        assertThat(typed.out()).isEqualTo("1 deliveries will be tried again" + System.lineSeparator());
        assertThat(Typed.in("deliveries", "retry", "--reason", "SMTP 550").out())
                .startsWith("0 ");
        assertThat(jdbc.sql("SELECT concat_ws(' ', channel, attempt, leased_by) FROM delivery")
                        .query(String.class)
                        .list())
                .containsExactly("EMAIL 0");
        assertThat(jdbc.sql("SELECT action || count FROM audit ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly("retry1", "retry0");
    }

    @Test
    void a_script_reads_what_there_is_and_what_was_done() throws Exception {
        assertThat(CommandsPage.documented(
                                "deliveries",
                                Typed.in("deliveries", "list", "--json").out())
                        .toString())
                .startsWith(
                        "{\"id\":11,\"source\":\"urn:test\",\"event_id\":\"e1\",\"type\":\"ticket_created\",\"ticket\":63,")
                .contains("\"recipient\":7,\"channel\":\"EMAIL\",\"reason\":\"SMTP 550; gave up after attempt 7\"");
        assertThat(CommandsPage.documented(
                                "deliveries",
                                Typed.in("deliveries", "retry", "--id", "11", "--json")
                                        .out())
                        .toString())
                .isEqualTo("{\"count\":1,\"more\":false}");
    }

    @Test
    void one_delivery_is_tried_again_by_its_id() {
        assertThat(Typed.in("deliveries", "retry", "--id", "11").out()).startsWith("1 ");
        assertThat(Typed.in("deliveries", "retry", "--id", "12").out()).startsWith("0 ");
        assertThat(Typed.in("deliveries", "retry", "--id", "11", "--channel", "EMAIL")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_backlog_is_cancelled_and_producers_will_be_told() {
        jdbc.sql("UPDATE notification_log SET status = 'PENDING' WHERE id = 12").update();
        jdbc.sql("INSERT INTO delivery (notification_id, channel, due_at, attempt, created_at)"
                        + " VALUES (12, 'WHATSAPP', now() + interval '1 hour', 3, now())")
                .update();

        assertThat(Typed.in("deliveries", "cancel").exitCode()).isEqualTo(1);
        assertThat(Typed.in("deliveries", "cancel", "--channel", "EMAIL").out()).startsWith("0 ");
        assertThat(Typed.in("deliveries", "cancel", "--channel", "WHATSAPP").out())
                .isEqualTo("1 deliveries are cancelled" + System.lineSeparator());
        assertThat(jdbc.sql("SELECT status || reason FROM notification_log WHERE id = 12")
                        .query(String.class)
                        .single())
                .isEqualTo("FAILEDCANCELLED");
        assertThat(jdbc.sql("SELECT count(*) FROM status_outbox")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void an_order_without_a_filter_or_with_a_bad_one_changes_nothing() {
        assertThat(Typed.in("deliveries", "retry").exitCode()).isEqualTo(1);
        assertThat(Typed.in("deliveries", "cancel", "--older-than", "-2h").err())
                .startsWith("--older-than: write a duration");
        assertThat(Typed.in("deliveries", "retry", "--since", "yesterday").err())
                .startsWith("--since: write a time");
        assertThat(jdbc.sql("SELECT count(*) FROM audit").query(Long.class).single())
                .isZero();
    }
}
