package camelbell.runtime;

import static camelbell.runtime.RawClients.SOON;
import static camelbell.runtime.RawClients.all;
import static camelbell.runtime.RawClients.get;
import static camelbell.runtime.RawClients.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Room for the answers of two requests, whose route goes on when it is let. */
@SpringBootTest(
        classes = AnswerRoomsTest.SlowDoors.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.http.answers=4MB",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/doors.camel.yaml,classpath:http/slow.camel.yaml",
            "spring.autoconfigure.exclude=" + HttpDoorsTest.EXCLUDED
        })
class AnswerRoomsTest {

    private static final String TOKEN = "Authorization: Bearer good\r\n";

    private final RawClients clients;
    private final AnswerRooms rooms;
    private final Semaphore turns;

    AnswerRoomsTest(@Autowired HttpServers servers, @Autowired AnswerRooms rooms, @Autowired Semaphore turns) {
        this.clients = new RawClients(servers.port());
        this.rooms = rooms;
        this.turns = turns;
    }

    @AfterEach
    void close() throws IOException {
        turns.release(100);
        clients.close();
        await().until(() -> rooms.waiting() == 0);
        turns.drainPermits();
    }

    @Test
    void who_finds_no_room_waits_for_it_and_everybody_is_answered() throws Exception {
        List<Socket> asked = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            asked.add(say(clients.open("127.0.0.51"), get("/api/slow/", TOKEN, "Connection: close\r\n")));
        }
        await().until(() -> rooms.waiting() == 3);
        assertThat(all(say(clients.open("127.0.0.51"), get("/api/openapi.json", "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 200");
        turns.release(5);
        for (Socket socket : asked) {
            assertThat(all(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void who_waits_too_long_is_told_to_come_again() throws Exception {
        say(clients.open("127.0.0.52"), get("/api/slow/", TOKEN));
        say(clients.open("127.0.0.52"), get("/api/slow/", TOKEN));
        await().until(() -> turns.getQueueLength() == 2);
        assertThat(all(say(clients.open("127.0.0.52"), get("/api/slow/", TOKEN, "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 503")
                .containsIgnoringCase("retry-after: 5")
                .contains("\"code\":\"overloaded\"");
    }

    @Test
    void who_leaves_while_waiting_takes_no_room() throws Exception {
        say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN));
        say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN));
        await().until(() -> turns.getQueueLength() == 2);
        Socket leaver = say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN));
        await().until(() -> rooms.waiting() == 1);
        leaver.close();
        await().until(() -> rooms.waiting() == 0);
        turns.release(3);
        assertThat(all(say(clients.open("127.0.0.53"), get("/api/slow/", TOKEN, "Connection: close\r\n"))))
                .startsWith("HTTP/1.1 200");
    }

    @Import(HttpDoorsTest.Doors.class)
    static class SlowDoors {

        @Bean
        Semaphore turns() {
            return new Semaphore(0);
        }
    }
}
