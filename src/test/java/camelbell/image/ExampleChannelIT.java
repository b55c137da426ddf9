package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Ports;
import camelbell.dev.ScriptedGateway;
import camelbell.it.ExampleChannel;
import camelbell.it.Stack;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An example of routes/examples in the packaged jar: whoever adds a channel has nothing else. */
class ExampleChannelIT {

    private final Map<String, String> settings = Stack.properties();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_jar_with_a_copy_of_the_routes_and_one_example_sends_over_it() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(null)) {
            gateway.usually(201, "{\"sid\":\"SM1\"}");
            String routes = ExampleChannel.in(folder.resolve("routes"), "SMS").setting();
            Process hub = start(Map.of(
                    "CAMELBELL_ROUTES", routes.substring(routes.indexOf('=') + 1),
                    "CAMELBELL_CHANNELS_SMS_URL", gateway.url("/Messages.json"),
                    "CAMELBELL_CHANNELS_SMS_USERNAME", "AC1",
                    "CAMELBELL_CHANNELS_SMS_PASSWORD", "secret",
                    "CAMELBELL_CHANNELS_SMS_FROM", "+15550009999",
                    "CAMELBELL_CHANNELS_SMS_ATTEMPT_TIMEOUT", "9s"));
            try {
                await().until(() -> {
                    assertThat(hub.isAlive()).as(log()).isTrue();
                    return log().contains("Started CamelbellApplication");
                });
                post(
                        "users",
                        "1",
                        "{\"id\":1,\"username\":\"ann\",\"name\":\"\",\"role\":\"CLIENT\",\"sms_number\":\"+15550000001\"}");
                post("ticket-events", "1", EVENT);

                await().until(() -> {
                    assertThat(hub.isAlive()).as(log()).isTrue();
                    return !gateway.received().isEmpty();
                });
                assertThat(gateway.received().get(0).body()).contains("To=%2B15550000001");
            } finally {
                hub.destroy();
                if (!hub.waitFor(1, TimeUnit.MINUTES)) {
                    hub.destroyForcibly();
                }
            }
        }
    }

    @Test
    void a_key_that_is_missing_ends_the_jar_in_one_sentence() throws Exception {
        String routes = ExampleChannel.in(folder.resolve("routes"), "WEBHOOK").setting();
        Process hub = start(Map.of(
                "CAMELBELL_ROUTES",
                routes.substring(routes.indexOf('=') + 1),
                "CAMELBELL_CHANNELS_WEBHOOK_HOSTS",
                "*.example.org"));

        assertThat(hub.waitFor()).isEqualTo(1);

        assertThat(log())
                .contains("camelbell.channels.webhook.secrets is not set, and a route file needs it")
                .doesNotContain("\tat ");
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }

    private Process start(Map<String, String> channel) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of("java", "-Xmx512m", "-jar", PackagedJar.path()))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "log"));
        builder.environment().keySet().removeIf(key -> key.startsWith("CAMELBELL") || key.startsWith("SPRING"));
        settings.forEach((key, value) -> builder.environment()
                .put(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        builder.environment().put("CAMELBELL_HTTP_PORT", String.valueOf(Ports.free()));
        builder.environment().put("MANAGEMENT_SERVER_PORT", String.valueOf(Ports.free()));
        builder.environment().putAll(channel);
        return builder.start();
    }

    private void post(String topic, String key, String value) throws Exception {
        try (KafkaProducer<String, String> kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", String.valueOf(settings.get("camelbell.kafka.brokers"))),
                new StringSerializer(),
                new StringSerializer())) {
            kafka.send(new ProducerRecord<>(settings.get("camelbell.kafka.topics." + topic), key, value))
                    .get();
        }
    }

    private static final String EVENT =
            """
            {"specversion":"1.0","id":"e1","source":"urn:example","type":"ticket_opened","subject":"1",
             "time":"2026-03-01T10:00:00Z","datacontenttype":"application/json",
             "data":{"ticket":{"id":1,"title":"It burns","priority":"HIGH","category":"BUG","status":"NEW",
               "created_by":1,"project_name":"Main","created_at":"2026-03-01T10:00:00Z"},"assignees":[]}}""";
}
