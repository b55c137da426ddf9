package camelbell.runtime.http;

import static camelbell.runtime.http.RawClients.all;
import static camelbell.runtime.http.RawClients.get;
import static camelbell.runtime.http.RawClients.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.Person;
import camelbell.model.TokenCheck;
import camelbell.model.TokenChecker;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** Tokens are looked at once the test lets them, which is after the time that a body has. */
@SpringBootTest(
        classes = SlowTokensTest.SlowTokens.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.body-timeout=1s",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@Tag("long")
class SlowTokensTest {

    private static final String TOKEN = "Authorization: Bearer good\r\nConnection: close\r\n";

    private final RawClients clients;
    private final Semaphore looks;

    SlowTokensTest(@Autowired HttpServers servers, @Autowired Semaphore looks) {
        this.clients = new RawClients(servers.port());
        this.looks = looks;
    }

    @AfterEach
    void close() throws IOException {
        looks.release(100);
        clients.close();
        await().until(() -> looks.getQueueLength() == 0);
        looks.drainPermits();
    }

    @Test
    void a_request_that_has_come_whole_is_not_too_slow_however_long_the_hub_takes() throws Exception {
        Socket read = say(clients.open("127.0.0.71"), get("/api/things/", TOKEN));
        Socket marked = say(
                clients.open("127.0.0.71"),
                get("/api/things/1/mark/", TOKEN, "Content-Length: 2\r\n").replace("GET", "DELETE") + "{}");
        await().until(() -> looks.getQueueLength() == 2);
        passTheTimeOfABody();
        looks.release(2);
        assertThat(all(read)).startsWith("HTTP/1.1 200");
        assertThat(all(marked)).startsWith("HTTP/1.1 200");
    }

    @Test
    void who_waits_to_be_asked_for_a_body_is_not_too_slow() throws Exception {
        await().until(
                        () -> { // a busy machine may need longer than a body has, once it is asked for
                            Socket asks = say(
                                    clients.open("127.0.0.72"),
                                    get("/api/things/1/mark/", TOKEN, "Expect: 100-continue\r\nContent-Length: 2\r\n")
                                            .replace("GET", "DELETE"));
                            await().until(() -> looks.getQueueLength() == 1);
                            passTheTimeOfABody();
                            looks.release();
                            say(asks, "{}");
                            String answers = all(asks);
                            return answers.startsWith("HTTP/1.1 100") && answers.contains("HTTP/1.1 200");
                        });
    }

    /** Of one that has begun later than all others. */
    private void passTheTimeOfABody() throws IOException {
        for (int n = 0; n < 2; n++) {
            Socket late = say(
                    clients.open("127.0.0.73"),
                    get("/webhooks/things/", "Content-Length: 2\r\n").replace("GET", "POST") + "{");
            assertThat(all(late)).startsWith("HTTP/1.1 408");
        }
    }

    @Import(PublicPortTest.PublicPortHub.class)
    static class SlowTokens {

        @Bean
        Semaphore looks() {
            return new Semaphore(0);
        }

        @Bean
        @Primary
        TokenChecker slowTokens(Semaphore looks) {
            return token -> {
                looks.acquireUninterruptibly();
                return new TokenCheck.Accepted(
                        new Person(7, "seven", "Seven", "CLIENT", true, null, null, Map.of()), Instant.MAX);
            };
        }
    }
}
