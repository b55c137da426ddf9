package camelbell.runtime.page;

import static camelbell.runtime.http.RawClients.all;
import static camelbell.runtime.http.RawClients.get;
import static camelbell.runtime.http.RawClients.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.runtime.http.HttpServers;
import camelbell.runtime.http.PublicPortTest;
import camelbell.runtime.http.RawClients;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Files for clients that read nothing, with a budget of a megabyte. */
@SpringBootTest(
        classes = PublicPortTest.PublicPortHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.answers=1MB",
            "camelbell.http.rate.per-address=0",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@Tag("long")
class FileAnswersTest {

    private static final String BUNDLE = "/api/docs/swagger-ui-bundle.js";
    private static final int SMALL = 4096;
    private static final double BUDGET = 1 << 20;

    /** One more than fits is in its place before it is counted. */
    private static final double PIECE = 16_384;

    private final RawClients clients;
    private final MeterRegistry meters;

    FileAnswersTest(@Autowired HttpServers servers, @Autowired MeterRegistry meters) {
        this.clients = new RawClients(servers.port());
        this.meters = meters;
    }

    @AfterEach
    void close() throws IOException {
        clients.close();
        await().until(() -> queued() == 0);
    }

    @Test
    void files_that_nobody_reads_take_no_more_than_their_budget_and_others_are_answered() throws Exception {
        for (int n = 0; n < 60; n++) {
            say(clients.open("127.0.0.61", SMALL), get(BUNDLE).repeat(60)); // the kernel takes the first ones
        }
        AtomicReference<Double> most = new AtomicReference<>(0.0);
        await().until(() -> {
            most.accumulateAndGet(queued(), Math::max);
            return meters.counter("camelbell.http.refused", "reason", "unread").count() > 0;
        });
        assertThat(most.get()).isLessThanOrEqualTo(BUDGET + PIECE);
        await().until(() -> all(say(clients.open("127.0.0.62"), get(BUNDLE, "Connection: close\r\n")))
                .startsWith("HTTP/1.1 200"));
    }

    private double queued() {
        return meters.get("camelbell.http.queued").gauge().value();
    }
}
