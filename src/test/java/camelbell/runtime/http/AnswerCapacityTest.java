package camelbell.runtime.http;

import static camelbell.runtime.http.RawClients.all;
import static camelbell.runtime.http.RawClients.get;
import static camelbell.runtime.http.RawClients.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Permits for the answers of eight requests, two of each person, whose route goes on when it is let. */
@SpringBootTest(
        classes = AnswerCapacityTest.SlowHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.answers=16MB",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml,classpath:http/slow.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@Tag("long")
class AnswerCapacityTest {

    private static final String TOKEN = "Authorization: Bearer good\r\n";

    private final RawClients clients;
    private final AnswerCapacity answers;
    private final Semaphore turns;
    private final RequestCount requests;

    AnswerCapacityTest(
            @Autowired HttpServers servers,
            @Autowired AnswerCapacity answers,
            @Autowired Semaphore turns,
            @Autowired RequestCount requests) {
        this.requests = requests;
        this.clients = new RawClients(servers.port());
        this.answers = answers;
        this.turns = turns;
    }

    @AfterEach
    void close() throws IOException {
        turns.release(100);
        clients.close();
        await().until(() -> answers.waiting() == 0 && requests.underWay() == 0);
        turns.drainPermits();
    }

    @Test
    void who_finds_no_permit_waits_for_it_and_everybody_is_answered() throws Exception {
        List<Socket> asked = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            asked.add(say(clients.open("127.0.0.51"), get("/api/slow/", TOKEN, "Connection: close\r\n")));
        }
        await().until(() -> answers.waiting() == 3);
        assertThat(all(say(clients.open("127.0.0.51"), get("/api/openapi.json", "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 200");
        turns.release(5);
        for (Socket socket : asked) {
            assertThat(all(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void who_waits_too_long_is_told_to_come_again() throws Exception {
        fill("/api/slow/", 0);
        await().until(() -> turns.getQueueLength() == 8);
        assertThat(ask("127.0.0.52", 5, "/api/slow/"))
                .startsWith("HTTP/1.1 503")
                .contains("\"code\":\"overloaded\"");
        assertThat(ask("127.0.0.52", 1, "/api/slow/"))
                .startsWith("HTTP/1.1 429")
                .contains("\"code\":\"throttled\"");
    }

    @Test
    void who_leaves_while_waiting_takes_no_permit() throws Exception {
        say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN));
        say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN));
        await().until(() -> turns.getQueueLength() == 2);
        Socket leaver = say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN));
        await().until(() -> answers.waiting() == 1);
        leaver.close();
        await().until(() -> answers.waiting() == 0);
        turns.release(3);
        assertThat(all(say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN, "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void one_person_takes_a_quarter_of_the_permits_and_the_others_are_answered() throws Exception {
        for (int n = 0; n < 12; n++) {
            say(clients.open("127.0.0.54"), get("/api/slow/", TOKEN));
        }
        await().until(() -> answers.waiting() == 10);
        assertThat(ask("127.0.0.55", 2, "/api/things/")).startsWith("HTTP/1.1 200");
    }

    @Test
    void who_waits_for_a_permit_does_not_keep_what_needs_none_from_being_done() throws Exception {
        fill("/api/slow/", 0);
        await().until(() -> turns.getQueueLength() == 8);
        for (int n = 0; n < 12; n++) {
            say(clients.open("127.0.0.56"), get("/api/slow/", token(5)));
        }
        await().until(() -> answers.waiting() == 12);
        assertThat(all(say(
                        clients.open("127.0.0.56"),
                        get("/api/things/1/mark/", token(5), "Connection: close\r\n")
                                .replace("GET", "DELETE"))))
                .startsWith("HTTP/1.1 204");
    }

    @Test
    void who_reads_slowly_gives_way_to_who_waits() throws Exception {
        List<Socket> slow = fill("/api/large/", 4096);
        ScheduledExecutorService readers = Executors.newSingleThreadScheduledExecutor();
        try {
            var unused = readers.scheduleAtFixedRate(
                    () -> slow.forEach(AnswerCapacityTest::sip), 0, 200, TimeUnit.MILLISECONDS);
            await().until(() -> requests.underWay() == 8);
            assertThat(ask("127.0.0.57", 5, "/api/things/")).startsWith("HTTP/1.1 200");
        } finally {
            readers.shutdownNow();
        }
    }

    /** A little of an answer. */
    private static void sip(Socket slow) {
        try {
            if (slow.getInputStream().available() > 0) {
                slow.getInputStream().readNBytes(2048);
            }
        } catch (IOException cut) {
            // as it should be
        }
    }

    /** All answers, by four people. */
    private List<Socket> fill(String path, int receiveBuffer) throws IOException {
        List<Socket> asked = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            asked.add(say(clients.open("127.0.0.58", receiveBuffer), get(path, token(1 + n / 2))));
        }
        return asked;
    }

    private String ask(String from, int user, String path) throws IOException {
        return all(say(clients.open(from), get(path, token(user), "Connection: close\r\n")));
    }

    private static String token(int user) {
        return "Authorization: Bearer user-" + user + "\r\n";
    }

    @Import(PublicPortTest.PublicPortHub.class)
    static class SlowHub {

        @Bean
        Semaphore turns() {
            return new Semaphore(0);
        }

        /** An answer that no kernel's buffers take whole. */
        @Bean
        Supplier<byte[]> large() {
            byte[] answer = new byte[8_000_000];
            return () -> answer;
        }
    }
}
