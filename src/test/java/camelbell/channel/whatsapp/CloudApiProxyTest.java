package camelbell.channel.whatsapp;

import static camelbell.model.ADelivery.aDelivery;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.channel.ShippedRetries;
import camelbell.channel.http.HttpFailures;
import camelbell.channel.http.ProxyProperties;
import camelbell.dev.Certificates;
import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.StartRefused;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** The Cloud API behind an HTTP proxy that wants a login: the proxy connects, and hears neither token nor message. */
class CloudApiProxyTest {

    private static final String TOKEN = "the-access-token";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static Certificates authority;

    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // started before each test
    private HttpsServer meta;

    private final ConnectProxy proxy = new ConnectProxy("hub", "way-out");

    @BeforeAll
    static void certificates() {
        authority = Certificates.in(folder);
        authority.issue("meta", "localhost");
    }

    @BeforeEach
    void start() throws IOException {
        meta = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        meta.setHttpsConfigurator(new HttpsConfigurator(authority.context(new Certificates.Issued(
                folder.resolve("meta.pem"), folder.resolve("meta.key"), folder.resolve("meta.p12")))));
        meta.createContext("/", call -> {
            authorizations.add(call.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = "{\"messages\":[{\"id\":\"wamid.1\"}]}".getBytes(UTF_8);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        meta.start();
    }

    @AfterEach
    void stop() throws IOException {
        meta.stop(0);
        proxy.close();
    }

    @Test
    void with_its_login_the_message_goes_through_it_and_the_token_past_it() throws IOException {
        assertThat(outcome(new ProxyProperties("localhost", proxy.port(), "hub", "way-out")))
                .isEqualTo(new Sent("wamid.1"));

        assertThat(authorizations).containsExactly("Bearer " + TOKEN);
        assertThat(proxy.heard())
                .anyMatch(line -> line.startsWith("CONNECT localhost:" + port()))
                .noneMatch(line -> line.contains(TOKEN) || line.startsWith("Authorization"));
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "hub, wrong"})
    void without_the_right_login_the_channel_stops_and_the_proxy_hears_no_token(String username, String password)
            throws IOException {
        assertThat(outcome(new ProxyProperties("localhost", proxy.port(), username, password)))
                .isEqualTo(new Stopped("HTTP PROXY 407"));

        assertThat(authorizations).isEmpty();
        assertThat(proxy.heard()).isNotEmpty().noneMatch(line -> line.contains(TOKEN));
    }

    @Test
    void what_a_proxy_refuses_is_never_taken_for_an_answer_about_the_message() throws IOException {
        ProxyProperties known = new ProxyProperties("localhost", proxy.port(), "hub", "way-out");
        proxy.refuse("400 Bad Request");
        assertThat(outcome(known)).isEqualTo(new Stopped("HTTP PROXY 400"));
        proxy.refuse("403 Forbidden");
        assertThat(outcome(known)).isEqualTo(new Stopped("HTTP PROXY 403"));
        proxy.refuse("302 Found");
        assertThat(outcome(known)).isEqualTo(new Stopped("HTTP PROXY 302"));
        proxy.refuse("502 Bad Gateway");
        assertThat(outcome(known)).isEqualTo(new Unavailable("HTTP PROXY 502", null));
        proxy.close();
        assertThat(outcome(known)).isEqualTo(new Unavailable("HTTP CONNECT", null));
    }

    @Test
    void a_proxy_that_hangs_up_instead_of_connecting_has_passed_nothing_on() throws IOException {
        meta.stop(0);

        assertThat(outcome(new ProxyProperties("localhost", proxy.port(), "hub", "way-out")))
                .isEqualTo(new Unavailable("HTTP CONNECT", null));
    }

    @Test
    void a_proxy_before_an_address_without_tls_refuses_the_start_since_it_would_read_the_token() {
        ProxyProperties proxied = new ProxyProperties("localhost", 3128, "", "");
        Duration soon = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new WhatsAppProperties(
                        "http://localhost", "v23.0", TOKEN, "US", "", proxied, 2, soon, soon, soon))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("camelbell.whatsapp.proxy.host")
                .hasMessageContaining("camelbell.whatsapp.base-url is \"http://localhost\"")
                .hasMessageNotContaining(TOKEN);
        assertThat(new ProxyProperties("localhost", 3128, "hub", "way-out"))
                .asString()
                .doesNotContain("way-out");
    }

    private int port() {
        return meta.getAddress().getPort();
    }

    private DeliveryOutcome outcome(ProxyProperties through) throws IOException {
        Duration soon = Duration.ofSeconds(20);
        WhatsAppProperties properties = new WhatsAppProperties(
                "https://localhost",
                "v23.0",
                TOKEN,
                "US",
                authority.authority().toString(),
                through,
                2,
                soon,
                soon,
                soon);
        HttpClientBuilder builder = HttpClientBuilder.create();
        new CloudApiClient(properties).configureHttpClient(builder);
        WhatsAppOutcome outcomes = new WhatsAppOutcome(
                ShippedRetries.errors(),
                new HttpFailures(ShippedRetries.errors()),
                new StaticListableBeanFactory().getBeanProvider(Clock.class));
        Delivery delivery = aDelivery().over(ADelivery.WHATSAPP).delivery();
        try (CloseableHttpClient client = builder.build()) {
            return client.execute(
                    new HttpPost("https://localhost:" + port() + "/v23.0/1/messages"),
                    answer -> outcomes.answered(
                            delivery, answer.getCode(), null, EntityUtils.toString(answer.getEntity())));
        } catch (IOException e) {
            return outcomes.failed(delivery, e);
        }
    }
}
