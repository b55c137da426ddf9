package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.KafkaBroker;
import camelbell.dev.Ports;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the management port says of a hub whose servers go and come back. */
@Tag("long")
class HealthTest {

    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    @SuppressWarnings("try") // closing is the use
    void without_a_database_the_hub_is_alive_but_not_ready_and_it_comes_back_by_itself() throws Exception {
        try (Hub hub = new Hub()) {
            Management management = new Management(hub);
            await().until(() -> management.status(READINESS) == 200);
            try (DatabaseAway away = new DatabaseAway(hub)) {
                await().until(() -> management.status(READINESS) == 503);
                assertThat(management.status(LIVENESS)).isEqualTo(200);
                await().untilAsserted(() -> assertThat(management
                                .health("channels", "EMAIL")
                                .path("pending")
                                .asText())
                        .isEqualTo("not known"));
            }
            await().until(() -> management.status(READINESS) == 200);
            People.admins(hub, 1);
            People.event(hub, "afterwards");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 2);
        }
    }

    @Test
    void without_a_broker_the_hub_is_alive_but_not_ready_and_it_comes_back_by_itself() throws Exception {
        int port = Ports.free();
        KafkaBroker broker = KafkaBroker.start(port, folder);
        try (Hub hub = new Hub("camelbell.kafka.brokers=localhost:" + port)) {
            Management management = new Management(hub);
            People.admins(hub, 1);
            People.event(hub, "before");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 2);
            await().until(() -> management.status(READINESS) == 200);

            broker.close();
            await().until(() -> management.status(READINESS) == 503);
            assertThat(management.status(LIVENESS)).isEqualTo(200);

            broker = KafkaBroker.start(port, folder);
            await().until(() -> management.status(READINESS) == 200);
            People.event(hub, "afterwards");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 4);
        } finally {
            broker.close();
        }
    }

    @Test
    void what_waits_is_counted_and_its_age_is_told() throws Exception {
        try (Hub hub = new Hub()) {
            hub.whatsapp().script(Map.of("status", 401, "code", 190, "times", 1_000_000));
            People.admins(hub, 3);
            People.event(hub, "waits");
            await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") >= 3);
            hub.execute("UPDATE delivery SET created_at = created_at - interval '1 hour'");
            Management management = new Management(hub);

            await().untilAsserted(() -> {
                var whatsApp = management.health("channels", "WHATSAPP");
                assertThat(whatsApp.path("pending").asInt()).isEqualTo(3);
                assertThat(whatsApp.path("oldest_seconds").asInt()).isBetween(3600, 3700);
                assertThat(whatsApp.path("breaker").asText()).isEqualTo("open");
                assertThat(management
                                .health("channels", "EMAIL")
                                .path("pending")
                                .asInt(-1))
                        .isZero();
                assertThat(management.health("statusOutboxBacklog", "rows").asInt(-1))
                        .isZero();
                assertThat(management.get("/actuator/prometheus").body())
                        .contains("camelbell_channel_breaker{channel=\"WHATSAPP\"} 2.0")
                        .contains("camelbell_delivery_pending{channel=\"WHATSAPP\"} 3.0")
                        .contains("camelbell_delivery_oldest_seconds{channel=\"WHATSAPP\"} 36")
                        .contains("camelbell_status_outbox_rows 0.0");
            });
        }
    }
}
