package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import camelbell.dev.Ports;
import camelbell.model.StartRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

class HttpServersTest {

    /** Of a start; hubs of other tests may print traces of their own meanwhile. */
    private static final String TRACE = "\tat org.springframework.boot.SpringApplication";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_taken_port_refuses_the_start_in_one_sentence() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            assertThat(refusal(() -> servers(other.getLocalPort())))
                    .hasMessageStartingWith("Port " + other.getLocalPort() + " is taken by another process, perhaps by"
                            + " another camelbell; who has it: ")
                    .hasMessageEndingWith(". Stop that one, or set camelbell.http.port to a free port.");
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_hub_whose_port_is_taken_says_so_before_anything_runs(CapturedOutput output) throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            SpringApplication hub = new SpringApplication(PublicPortTest.PublicPortHub.class);
            hub.setWebApplicationType(WebApplicationType.NONE);
            assertThatThrownBy(() -> hub.run(
                            "--camelbell.http.port=" + other.getLocalPort(),
                            "--camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
                            "--spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED))
                    .hasRootCauseInstanceOf(BindException.class);
            assertThat(output)
                    .contains("APPLICATION FAILED TO START", "Port " + other.getLocalPort() + " is taken")
                    .doesNotContain(TRACE)
                    .doesNotContain("Apache Camel");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "camelbell.http.port=70000, camelbell.http.port is 70000: set it between 1 and 65535",
        "camelbell.http.port=-1, camelbell.http.port is -1: set it between 1 and 65535",
        "camelbell.http.allowed-origins=*, 'camelbell.http.allowed-origins holds \"*\", which is not offered: any page'",
        "camelbell.http.allowed-origins=not an origin, 'camelbell.http.allowed-origins holds \"not an origin\"'",
        "camelbell.http.allowed-origins=https://a.example/, 'camelbell.http.allowed-origins holds \"https://a.example/\"'",
        "camelbell.http.allowed-origins=https://A.example, 'camelbell.http.allowed-origins holds \"https://A.example\"'",
        "camelbell.http.allowed-origins=ftp://a.example, 'camelbell.http.allowed-origins holds \"ftp://a.example\"'",
        "camelbell.http.allowed-origins=file://, 'camelbell.http.allowed-origins holds \"file://\"'",
        "camelbell.http.allowed-origins=chrome-extension://*, 'camelbell.http.allowed-origins holds \"chrome-extension://*\"'",
        "camelbell.http.allowed-origins=capacitor://localhost/, 'camelbell.http.allowed-origins holds \"capacitor://localhost/\"'",
        "camelbell.http.allowed-origins=null, 'camelbell.http.allowed-origins holds \"null\"'",
        "'camelbell.http.allowed-origins=https://a.example,b.example', 'camelbell.http.allowed-origins holds \"b.example\"'",
        "camelbell.http.trusted-proxies=rubbish, 'camelbell.http.trusted-proxies holds \"rubbish\"'",
        "camelbell.http.trusted-proxies=localhost, 'camelbell.http.trusted-proxies holds \"localhost\"'",
        "camelbell.http.trusted-proxies=10.0.0.0/33, 'camelbell.http.trusted-proxies holds \"10.0.0.0/33\"'",
        "camelbell.http.head-timeout=-1s, camelbell.http.head-timeout is -1000ms: set it to 1ms or more.",
        "camelbell.http.keep-alive=0s, camelbell.http.keep-alive is 0ms: set it to 1ms or more.",
        "camelbell.http.body-timeout=-5ms, camelbell.http.body-timeout is -5ms: set it to 1ms or more.",
        "camelbell.http.write-timeout=0s, camelbell.http.write-timeout is 0: nobody could be served; set it to 1 or more.",
        "camelbell.http.connections=0, camelbell.http.connections is 0: nobody could be served; set it to 1 or more.",
        "camelbell.http.drain=-1ms, camelbell.http.drain is -1ms: set it to 0ms or more."
    })
    @ExtendWith(OutputCaptureExtension.class)
    void a_setting_that_cannot_be_meant_refuses_the_start_in_one_sentence(
            String setting, String sentence, CapturedOutput output) {
        SpringApplication hub = new SpringApplication(OnlySettings.class);
        hub.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> hub.run("--" + setting)).isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", sentence).doesNotContain(TRACE);
    }

    @Test
    void origins_as_browsers_write_them_are_allowed() {
        for (String origin : List.of(
                "http://localhost:3000",
                "https://desk.example.org",
                "https://xn--bcher-kva.example",
                "http://[::1]:80",
                "http://tauri.localhost",
                "capacitor://localhost",
                "ionic://localhost",
                "tauri://localhost",
                "app://localhost",
                "chrome-extension://jjgmnngnbpnohdmcbpnbebdkdhpbkgei",
                "moz-extension://8f0c5b2e-3f7a-4a57-9d5c-0a1f8b1b7c11",
                "safari-web-extension://8F0C5B2E-3F7A-4A57-9D5C-0A1F8B1B7C11")) {
            assertThatCode(() -> AllowedOrigin.check(origin)).doesNotThrowAnyException();
        }
    }

    @Test
    void port_0_takes_a_free_one() {
        HttpServers servers = servers(0);
        servers.start();
        assertThat(servers.port()).isPositive();
        servers.stop();
    }

    @Test
    void a_stop_gives_the_port_back() {
        int port = Ports.free(); // one of those for any client could be another's at once
        HttpServers servers = servers(port);
        servers.start();
        assertThat(servers.port()).isEqualTo(port);
        servers.stop();
        assertThat(servers.isRunning()).isFalse();
        // Java gives a listening port back only when its selector wakes up next, a moment after the close
        await().ignoreExceptionsInstanceOf(BindException.class).untilAsserted(() -> new ServerSocket(port).close());
    }

    @EnableConfigurationProperties({HttpProperties.class, HttpLimits.class})
    @Import(Proxies.class)
    static class OnlySettings {}

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
        HttpLimits limits = new HttpLimits(body, body, body, body, body, second, 10, 10, 10);
        MeterRegistry meters = new SimpleMeterRegistry();
        Refusals refusals = new Refusals(meters);
        return new HttpServers(
                vertx,
                beans.getBeanProvider(Router.class),
                http,
                new RequestCount(),
                new RequestWaits(vertx, http),
                new Connections(limits, new Proxies(http), refusals, meters),
                new Answers(
                        limits,
                        new AnswerCapacity(limits, new TurnProperties(8, 16, 24, second), refusals, meters),
                        refusals,
                        meters),
                () -> 8192);
    }
}
