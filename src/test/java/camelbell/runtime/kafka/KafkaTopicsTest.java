package camelbell.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.KafkaBroker;
import camelbell.dev.Ports;
import camelbell.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class KafkaTopicsTest {

    /** The broker's start alone takes longer than both questions are given here; in the hub that is two minutes. */
    @Tag("long")
    @Test
    void topics_are_created_also_by_a_broker_that_comes_late(@TempDir Path folder) {
        String brokers = "localhost:" + Ports.free();
        KafkaSettings settings =
                KafkaSettings.of(new MockEnvironment().withProperty("camelbell.kafka.brokers", brokers));
        KafkaProperties.Topics names =
                new KafkaProperties.Topics("events", "users", "dead", "users-dead", "news", "status");
        KafkaProperties kafka =
                new KafkaProperties(brokers, "group", names, 1, (short) 1, 1_000_000, 1_000_000, Duration.ZERO);
        try (Admin hub = settings.admin(Map.of("default.api.timeout.ms", 400, "request.timeout.ms", 300))) {
            new KafkaTopics(hub, settings, kafka, new DeadLetterSizeLimit(hub, kafka)).createMissing();

            int port = Integer.parseInt(brokers.substring(brokers.indexOf(':') + 1));
            try (KafkaBroker late = KafkaBroker.start(port, folder);
                    Admin test = Admin.create(Map.of("bootstrap.servers", late.bootstrapServers()))) {
                await().untilAsserted(() ->
                        assertThat(test.listTopics().names().get()).containsAll(names.all()));
            }
        }
    }

    @Test
    void a_broker_that_names_no_operation_at_all_does_not_tell() {
        assertThat(KafkaRights.told(Set.of())).isNull();
        assertThat(KafkaRights.told(null)).isNull();
        assertThat(KafkaRights.told(Set.of(AclOperation.DESCRIBE)))
                .isEqualTo(Set.copyOf(List.of(AclOperation.DESCRIBE)));
    }
}
