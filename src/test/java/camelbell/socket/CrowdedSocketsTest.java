package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.CamelbellApplication;
import camelbell.it.Tokens;
import camelbell.it.WebSocketClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Clients of which none is too far behind by itself, but all together are. */
@Tag("long")
@SpringBootTest(classes = CamelbellApplication.class)
class CrowdedSocketsTest {

    @Autowired
    private DataSource database;

    @Autowired
    private ProducerTemplate camel;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        PatientStack.register(registry);
        registry.add("camelbell.websocket.slow-reader-limit", () -> "100MB");
        registry.add("camelbell.websocket.queued-limit", () -> "1MB");
        registry.add("camelbell.websocket.frames-per-second", () -> "1000000");
    }

    @Test
    void those_who_read_nothing_are_cut_when_all_together_are_too_far_behind_and_the_others_go_on() throws IOException {
        new InboxFixture(database).person(750, true);
        int port = camel.requestBody("bean:httpServers?method=port", null, Integer.class);
        WebSocketClient healthy = WebSocketClient.open(port, "?token=" + Tokens.of(750));
        await().until(() -> healthy.frames().size() == 1);
        List<RawSocket> idle = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int n = 0; n < 3; n++) {
                RawSocket socket =
                        new RawSocket(port, "GET /ws/notifications/?token=" + Tokens.of(750) + " HTTP/1.1", 4096);
                idle.add(socket);
                threads.execute(() -> flood(socket));
            }
            await().untilAsserted(() -> {
                healthy.send("{\"type\":\"ping\",\"timestamp\":1}");
                assertThat(closedAsSlow()).isEqualTo(3);
            });
            assertThat(meters.get("camelbell.websocket.queued").gauge().value()).isLessThan(2_000_000);
            int had = healthy.frames().size();
            healthy.send("{\"type\":\"ping\",\"timestamp\":2}");
            await().until(() -> healthy.frames().size() > had);
            assertThat(healthy.closed()).isNotDone();
            await().until(() ->
                    meters.get("camelbell.websocket.connections").gauge().value() == 1);
        } finally {
            threads.shutdownNow();
            for (RawSocket socket : idle) {
                socket.close();
            }
            healthy.cut();
        }
    }

    private static void flood(RawSocket socket) {
        String ping = "{\"type\":\"ping\",\"timestamp\":\"" + "x".repeat(8000) + "\"}";
        try {
            while (!Thread.interrupted() && !socket.isCut()) {
                socket.text(ping);
            }
        } catch (IOException cut) {
            assertThat(cut).isNotNull(); // as it should be, in the end
        }
    }

    private double closedAsSlow() {
        return meters.find("camelbell.websocket.closes").tag("code", "4408").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
