package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import camelbell.model.StartRefused;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.unit.DataSize;

class HttpServersTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_taken_port_refuses_the_start_in_one_sentence() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            StartRefused refused = refusal(() -> servers(other.getLocalPort()));
            assertThat(refused)
                    .hasMessage("Port " + other.getLocalPort() + " is taken by another process: stop that one, or set"
                            + " camelbell.http.port to a free port.");
            assertThat(new StartRefusedAnalyzer().analyze(refused).getDescription())
                    .isEqualTo(refused.getMessage());
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_hub_whose_port_is_taken_says_so_before_anything_runs(CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            SpringApplication hub = new SpringApplication(HttpDoorsTest.Doors.class);
            hub.setWebApplicationType(WebApplicationType.NONE);
            assertThatThrownBy(() -> hub.run(
                            "--camelbell.http.port=" + other.getLocalPort(),
                            "--camel.main.routes-include-pattern=classpath:http/doors.camel.yaml",
                            "--spring.autoconfigure.exclude=" + HttpDoorsTest.EXCLUDED))
                    .hasRootCauseInstanceOf(BindException.class);
            assertThat(output)
                    .contains("APPLICATION FAILED TO START", "Port " + other.getLocalPort() + " is taken")
                    .doesNotContain("\tat ")
                    .doesNotContain("Apache Camel");
        }
    }

    @Test
    void a_taken_management_port_is_named_with_its_key() {
        assertThat(new ManagementPortAnalyzer()
                        .analyze(new IllegalStateException(new PortInUseException(9000)))
                        .getDescription())
                .startsWith("Port 9000 for health and metrics is taken")
                .contains("management.server.port");
    }

    @Test
    void port_0_takes_a_free_one_and_a_stop_gives_it_back() throws IOException {
        HttpServers servers = servers(0);
        servers.start();
        int port = servers.port();
        assertThat(port).isPositive();
        servers.stop();
        assertThat(servers.isRunning()).isFalse();
        // Java gives a listening port back only when its selector wakes up next, a moment after the close
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptionsInstanceOf(BindException.class)
                .untilAsserted(() -> new ServerSocket(port).close());
    }

    private static StartRefused refusal(ThrowingCallable start) {
        StartRefused[] refused = new StartRefused[1];
        assertThatThrownBy(start).isInstanceOfSatisfying(StartRefused.class, thrown -> refused[0] = thrown);
        return refused[0];
    }

    private HttpServers servers(int port) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("router", Router.router(vertx));
        DataSize body = DataSize.ofKilobytes(64);
        Duration second = Duration.ofSeconds(1);
        HttpProperties http =
                new HttpProperties(port, List.of(), List.of(), 4, body, body, second, second, second, second);
        return new HttpServers(
                vertx, beans.getBeanProvider(Router.class), http, new RequestCount(), new RequestWaits(vertx, http));
    }
}
