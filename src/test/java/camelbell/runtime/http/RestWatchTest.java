package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestWatchTest {

    private static final int MANY = 2000;

    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setWorkerPoolSize(2).setEventLoopPoolSize(2));
    private final RestWatch watch = new RestWatch(vertx);
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void hold() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void workers_that_are_all_held_owe_an_answer_until_one_is_free() {
        for (int i = 0; i < 2; i++) {
            var unused = vertx.executeBlocking(
                    () -> {
                        hold();
                        return true;
                    },
                    false);
        }
        watch.ask();
        await().until(() -> watch.workersOwe().compareTo(A_WHILE) > 0);
        await().until(() -> watch.loopsOwe().isZero());
        held.countDown();
        await().until(() -> watch.workersOwe().isZero());
    }

    @Test
    void one_event_loop_that_stands_owes_an_answer_though_the_other_turns() {
        vertx.runOnContext(now -> hold());
        watch.ask();
        await().until(() -> watch.loopsOwe().compareTo(A_WHILE) > 0);
        watch.ask();
        held.countDown();
        await().until(() -> watch.loopsOwe().isZero());
    }

    @Test
    void a_port_that_takes_a_connection_and_says_nothing_has_not_answered() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(new Loopback(silent.getLocalPort(), A_WHILE).failure()).contains("has not answered within");
        }
    }

    @Test
    void a_connection_that_is_closed_at_once_is_an_answer_of_somebody_who_lives() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread refuser = new Thread(() -> {
                for (int taken = 0; taken < MANY; taken++) {
                    try (Socket one = full.accept()) {
                        one.setSoLinger(true, 0);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            refuser.start();
            Loopback loopback = new Loopback(full.getLocalPort(), Duration.ofSeconds(30));
            for (int asked = 0; asked < MANY; asked++) { // now and then it is closed while it is still being opened
                assertThat(loopback.failure()).isNull();
            }
            refuser.join();
        }
    }

    @Test
    void a_port_that_nobody_listens_on_has_not_answered() throws IOException {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        assertThat(new Loopback(free, A_WHILE).failure()).contains("takes no connections", "ConnectException");
    }
}
