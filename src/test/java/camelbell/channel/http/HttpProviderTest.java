package camelbell.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.dev.Ports;
import camelbell.dev.ScriptedGateway;
import camelbell.model.ADelivery;
import camelbell.model.ChannelLimit;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import camelbell.model.StartRefused;
import camelbell.model.TemplateGoneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** With the errors of WHATSAPP as they ship, whose answers are over HTTP, too. */
class HttpProviderTest {

    private final ScriptedGateway gateway = new ScriptedGateway(null);
    private final MockEnvironment settings = new MockEnvironment();
    private final HttpProviders providers = ProvidersOfTests.with(settings);
    private final Delivery delivery =
            ADelivery.aDelivery().over(ADelivery.WHATSAPP).delivery();

    @AfterEach
    void end() {
        providers.close();
        gateway.close();
    }

    @Test
    void a_success_without_an_id_is_a_success_without_a_receipt() {
        gateway.next(204, "", Map.of());
        gateway.next(200, "<html>", Map.of());
        gateway.next(200, "{\"message\":{\"id\":\"\"}}", Map.of());
        gateway.next(200, "{\"message\":{\"id\":17}}", Map.of());
        HttpProvider provider = provider(it -> it.setIdPointer("/message/id"));

        assertThat(outcome(provider)).isEqualTo(new Sent(null));
        assertThat(outcome(provider)).isEqualTo(new Sent(null));
        assertThat(outcome(provider)).isEqualTo(new Sent(null));
        assertThat(outcome(provider)).isEqualTo(new Sent("17"));
    }

    @Test
    void an_id_may_stand_in_a_header() {
        gateway.next(202, "", Map.of("X-Message-Id", "m-1"));

        assertThat(outcome(provider(it -> it.setIdHeader("x-message-ID")))).isEqualTo(new Sent("m-1"));
    }

    @Test
    void only_the_statuses_that_are_named_are_a_success() {
        gateway.next(200, "", Map.of());
        gateway.next(202, "", Map.of());
        HttpProvider provider = provider(it -> it.setSuccess("201, 202"));

        assertThat(outcome(provider)).isEqualTo(new FailedForNow("HTTP 200", null));
        assertThat(outcome(provider)).isEqualTo(new Sent(null));
    }

    @Test
    void an_answer_that_is_too_long_has_a_status_all_the_same() {
        gateway.next(200, "x".repeat(200_000), Map.of());
        gateway.next(400, "x".repeat(200_000), Map.of());
        HttpProvider provider = provider(it -> {});

        assertThat(outcome(provider)).isEqualTo(new Sent(null));
        assertThat(outcome(provider)).isEqualTo(new FailedForGood("HTTP 400"));
        assertThat(outcome(provider)).isEqualTo(new Sent(null));
    }

    @Test
    void a_redirect_is_not_followed() {
        gateway.next(307, "", Map.of("Location", gateway.url("/elsewhere")));

        assertThat(outcome(provider(it -> {}))).isEqualTo(new FailedForNow("HTTP 307", null));
        assertThat(gateway.received()).hasSize(1);
    }

    @Test
    void answers_mean_what_the_table_says() {
        gateway.next(429, "", Map.of("Retry-After", "7"));
        gateway.next(503, "", Map.of());
        gateway.next(401, "", Map.of());
        HttpProvider provider = provider(it -> {});

        assertThat(outcome(provider)).isEqualTo(new Slowed("HTTP 429", Duration.ofSeconds(7)));
        assertThat(outcome(provider)).isEqualTo(new Unavailable("HTTP 503", null));
        assertThat(outcome(provider)).isEqualTo(new Stopped("HTTP 401"));
    }

    @Test
    void a_code_of_the_providers_goes_before_its_status_and_may_mean_that_nobody_is_there() {
        gateway.next(400, "{\"error\":{\"code\":\"gone\"}}", Map.of());
        gateway.next(400, "{\"error\":{\"code\":\"gone <script>\"}}", Map.of());
        gateway.next(404, "", Map.of());
        HttpProvider provider = provider(it -> {
            it.setErrorCode("/error/code");
            it.setDeadAddress("HTTP 400, HTTP 404");
        });

        assertThat(outcome(provider)).isEqualTo(new FailedForGood("CODE gone", true));
        assertThat(outcome(provider)).isEqualTo(new FailedForGood("HTTP 400", true));
        assertThat(outcome(provider)).as("stopped, not dead").isEqualTo(new Stopped("HTTP 404"));
    }

    @Test
    void nobody_at_the_port_is_no_connection_and_silence_is_no_answer() throws Exception {
        int nobody = Ports.free();
        assertThat(outcome(provider(it -> it.setUrl("http://localhost:" + nobody + "/"))))
                .isEqualTo(new Unavailable("HTTP CONNECT", null));
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(outcome(provider(it -> it.setUrl("http://localhost:" + silent.getLocalPort() + "/"))))
                    .isEqualTo(new Unknown("HTTP NO ANSWER"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            'HTTP/1.1 200 OK\\r\\nX-Long: '                               | true
            'HTTP/1.1 '                                                | true
            'HTTP/1.1 200 OK\\r\\nContent-Length: 9999\\r\\n\\r\\n'        | false
            'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n' | false
            """)
    void a_provider_that_drips_is_cut_off_when_the_attempt_has_taken_too_long(String begun, boolean unknown)
            throws Exception {
        try (ServerSocket dripping = new ServerSocket(0)) {
            CompletableFuture<Boolean> cut = CompletableFuture.supplyAsync(
                    () -> drip(dripping, begun.replace("\\r\\n", "\r\n")), Executors.newSingleThreadExecutor());

            DeliveryOutcome outcome =
                    outcome(provider(it -> it.setUrl("http://localhost:" + dripping.getLocalPort() + "/")));

            assertThat(cut).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(true);
            assertThat(outcome).isIn(new Unknown("HTTP NO ANSWER"), new Sent(null));
            assertThat(outcome instanceof Unknown).isEqualTo(unknown);
        }
    }

    /** A byte now and then, until nobody listens any more; false when it gave up first. */
    private static boolean drip(ServerSocket server, String begun) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(100);
            for (int i = 0; i < 600; i++) {
                socket.getOutputStream().write('1');
                socket.getOutputStream().flush();
                // the wait between two bytes: the client has said all that it has to say
                if (isClosed(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // the request
            }
            return true;
        } catch (SocketTimeoutException stillThere) {
            return false;
        }
    }

    @Test
    void an_answer_without_end_has_a_status_all_the_same() throws Exception {
        try (ServerSocket endless = new ServerSocket(0)) {
            CompletableFuture<Void> cut =
                    CompletableFuture.runAsync(() -> flood(endless), Executors.newSingleThreadExecutor());

            assertThat(outcome(provider(it -> it.setUrl("http://localhost:" + endless.getLocalPort() + "/"))))
                    .isEqualTo(new Sent(null));
            assertThat(cut).succeedsWithin(Duration.ofMinutes(1));
        }
    }

    private static void flood(ServerSocket server) {
        byte[] some = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write(some);
            }
        } catch (IOException gone) {
            // as it should be
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Encoding: gzip, not packed at all",
        "Content-Encoding: nonsense, x",
        "Content-Length: 900, too short"
    })
    void a_body_that_cannot_be_read_takes_nothing_from_the_status(String header, String body) throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() ->
                    answer(server, "HTTP/1.1 202 Accepted\r\nConnection: close\r\n" + header + "\r\n\r\n" + body));

            assertThat(outcome(provider(it -> it.setUrl("http://localhost:" + server.getLocalPort() + "/"))))
                    .isEqualTo(new Sent(null));
            assertThat(answered).succeedsWithin(Duration.ofMinutes(1));
        }
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(300);
            isClosed(socket);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 200, url is empty",
        "http://a/, a.b, 200, url and hosts are both set",
        "ftp://a/, '', 200, url is no http or https address",
        "http://h:99999/, '', 200, url is no http or https address",
        "http://h/secret|b, '', 200, 'url is no http or https address, at character'",
        "'', 'https://a', 200, is no host such as",
        "http://a/, '', ok, is no status such as",
        "http://a/, '', '', success names no status"
    })
    void what_cannot_be_called_refuses_the_start_in_one_sentence(
            String url, String hosts, String success, String sentence) {
        assertThatThrownBy(() -> provider(it -> {
                    it.setUrl(url);
                    it.setHosts(hosts);
                    it.setSuccess(success);
                }))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("The HTTP provider of channel WHATSAPP (route channel-whatsapp, keys"
                        + " camelbell.channels.whatsapp.*) cannot be called: ")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("secret|");
    }

    @Test
    void a_dead_address_that_no_answer_can_be_refuses_the_start() {
        assertThatThrownBy(() -> provider(it -> it.setDeadAddress("code 21610")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("deadAddress has \"code 21610\"");
    }

    @Test
    void a_message_whose_template_was_taken_out_fails_for_that_and_tells_nothing_of_the_provider() {
        assertThat(provider(it -> {}).failed(delivery, new TemplateGoneException("no template")))
                .isEqualTo(new FailedForNow("TEMPLATE_REMOVED", null));
    }

    @Test
    void two_channels_never_share_a_provider() {
        HttpProvider provider = provider(it -> {});

        assertThatThrownBy(
                        () -> providers.begin(provider, ADelivery.EMAIL, new ChannelLimit(1, 1, Duration.ofSeconds(1))))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("Channel EMAIL shares its HTTP provider");
    }

    @Test
    void a_provider_that_no_channel_asks_refuses_the_start() {
        assertThatThrownBy(() -> providers.refuse("smsProvider", new HttpProvider()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("outcome: smsProvider");
    }

    @ParameterizedTest
    @CsvSource({"whsec_tooshort, secret 1 has 6 bytes", "whsec_%%%, secret 1 is not base64"})
    void a_secret_that_is_none_refuses_the_start_and_is_not_shown(String secret, String sentence) {
        settings.setProperty("camelbell.channels.whatsapp.secrets", secret);

        assertThatThrownBy(() -> provider(it -> it.setSigningSecretsKey("camelbell.channels.whatsapp.secrets")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", " , ,"})
    void a_list_of_secrets_that_has_none_refuses_the_start_since_nothing_would_be_signed(String none) {
        settings.setProperty("camelbell.channels.whatsapp.secrets", none);

        assertThatThrownBy(() -> provider(it -> it.setSigningSecretsKey("camelbell.channels.whatsapp.secrets")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("camelbell.channels.whatsapp.secrets has no secret");
    }

    private HttpProvider provider(Consumer<HttpProvider> properties) {
        HttpProvider provider = new HttpProvider();
        provider.setUrl(gateway.url("/"));
        properties.accept(provider);
        providers.begin(provider, ADelivery.WHATSAPP, new ChannelLimit(2, 10, Duration.ofSeconds(2)));
        return provider;
    }

    private DeliveryOutcome outcome(HttpProvider provider) {
        try {
            return provider.post(delivery, new HttpBody("application/json", "{}"));
        } catch (IOException | RuntimeException e) {
            return provider.failed(delivery, e);
        }
    }
}
