package camelbell.runtime.http;

import static camelbell.runtime.http.RawClients.all;
import static camelbell.runtime.http.RawClients.get;
import static camelbell.runtime.http.RawClients.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Clients that ask for much and read little. */
@SpringBootTest(
        classes = PublicPortTest.PublicPortHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.write-timeout=2s",
            "camelbell.http.rate.per-address=0",
            "logging.level.io.vertx.core.net.impl.ConnectionBase=debug", // or it keeps failures to itself
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class AnswersTest {

    private static final String BUNDLE = "/api/docs/swagger-ui-bundle.js";
    private static final int LENGTH = 1_000_000;
    private static final int SMALL = 4096;
    private static final Duration STEP = Duration.ofMillis(300);

    private final RawClients clients;
    private final RequestCount requests;
    private final MeterRegistry meters;

    AnswersTest(@Autowired HttpServers servers, @Autowired RequestCount requests, @Autowired MeterRegistry meters) {
        this.clients = new RawClients(servers.port());
        this.requests = requests;
        this.meters = meters;
    }

    @AfterEach
    void close() throws IOException {
        clients.close();
        await().until(() -> queued() == 0 && requests.underWay() == 0);
        await().until(() -> gauge("camelbell.http.connections") == 0);
    }

    @Test
    void pipelined_requests_are_answered_one_after_the_other_and_in_order() throws IOException {
        Socket socket = clients.open("127.0.0.1");
        StringBuilder many = new StringBuilder();
        for (int n = 0; n < 300; n++) {
            many.append(get("/nothing/" + n, "X-Number: " + n + "\r\n"));
        }
        many.append(get(BUNDLE)).append(get("/api/docs/page.css", "Connection: close\r\n"));
        say(socket, many.toString());

        String answers = all(socket);
        assertThat(answers.split("HTTP/1.1 404", -1)).hasSize(301);
        assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
        assertThat(answers.length()).isGreaterThan(LENGTH);
    }

    @Test
    void who_pipelines_and_reads_nothing_costs_little_and_is_cut() throws Exception {
        for (int deaf = 0; deaf < 20; deaf++) {
            say(clients.open("127.0.0.21", SMALL), get(BUNDLE).repeat(60));
        }
        await().until(() -> requests.underWay() == 20);

        assertThat(queued()).isLessThan(20 * 300_000.0);
        assertThat(all(say(clients.open("127.0.0.22"), get("/api/openapi.json", "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 200");
        await().until(() -> requests.underWay() == 0 && queued() == 0);
        assertThat(meters.counter("camelbell.http.refused", "reason", "write_timeout")
                        .count())
                .isPositive();
    }

    @Test
    void a_byte_now_and_then_does_not_keep_a_connection() throws Exception {
        Socket slow = say(clients.open("127.0.0.23", SMALL), get(BUNDLE).repeat(10)); // the kernel's buffers take one
        await().until(() -> requests.underWay() == 1);
        await().until(() -> isCut(slow));
        await().until(() -> requests.underWay() == 0);
    }

    private static boolean isCut(Socket slow) throws IOException {
        try {
            slow.getOutputStream().write('\n');
            return slow.getInputStream().readNBytes(10).length < 10;
        } catch (SocketException cut) {
            return true;
        }
    }

    @Test
    void a_steady_reader_gets_everything_however_long_it_takes() throws Exception {
        Socket steady = say(clients.open("127.0.0.24", SMALL), get(BUNDLE, "Connection: close\r\n"));
        long length = 0;
        int read;
        byte[] step = new byte[100_000];
        while ((read = steady.getInputStream().readNBytes(step, 0, step.length)) > 0) {
            length += read;
            await().pollDelay(STEP).until(() -> true); // the claim is that reading takes longer than the time-out
        }
        assertThat(length).isGreaterThan(LENGTH);
    }

    @Test
    void a_head_of_very_many_lines_is_431_and_no_fault_of_the_hubs(CapturedOutput log) throws IOException {
        String lines = "a:b\r\n".repeat(201);
        assertThat(all(say(clients.open("127.0.0.25"), get("/nothing", lines)))).startsWith("HTTP/1.1 431");
        assertThat(all(say(clients.open("127.0.0.25"), get("/nothing") + get("/nothing", lines))))
                .startsWith("HTTP/1.1 404")
                .contains("HTTP/1.1 431");
        assertThat(all(say(clients.open("127.0.0.25"), "GET / HTTP/1.1\r\nHost: one\r\n" + lines)))
                .startsWith("HTTP/1.1 431")
                .contains("\"code\":\"headers_too_large\"");
        assertThat(all(say(
                        clients.open("127.0.0.25"), get("/nothing", "a:b\r\n".repeat(150) + "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 404");
        assertThat(log.getAll()).doesNotContain("NullPointerException");
    }

    private double queued() {
        return gauge("camelbell.http.queued");
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
