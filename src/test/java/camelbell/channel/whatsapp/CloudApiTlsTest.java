package camelbell.channel.whatsapp;

import static camelbell.model.ADelivery.aDelivery;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.channel.ShippedRetries;
import camelbell.channel.http.HttpFailures;
import camelbell.channel.http.ProxyProperties;
import camelbell.dev.SelfSigned;
import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Stopped;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** HTTPS to Meta: to whom we mean, or not at all. F19 of the test catalogue. */
class CloudApiTlsTest {

    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static SSLContext ours;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static SSLContext anotherHosts;

    @BeforeAll
    static void certificates() throws Exception {
        ours = SelfSigned.in(folder, "ours", "localhost");
        anotherHosts = SelfSigned.in(folder, "other", "graph.example.org");
    }

    @Test
    void with_a_trusted_certificate_for_the_host_the_message_goes_out() throws Exception {
        assertThat(outcome(ours, "ours.p12", 1)).isEqualTo(new Sent("wamid.1"));
    }

    @Test
    void with_a_trusted_certificate_for_another_host_nothing_is_sent_and_the_channel_stops() throws Exception {
        assertThat(outcome(anotherHosts, "other.p12", 0))
                .isEqualTo(new Stopped("HTTP TLS CERTIFICATE OF ANOTHER HOST"));
    }

    @Test
    void with_a_certificate_that_nobody_vouches_for_nothing_is_sent_and_the_channel_stops() throws Exception {
        assertThat(outcome(ours, "", 0)).isEqualTo(new Stopped("HTTP TLS CERTIFICATE NOT TRUSTED"));
    }

    private static DeliveryOutcome outcome(SSLContext tls, String trust, int requests) throws Exception {
        AtomicInteger heard = new AtomicInteger();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", call -> {
            heard.incrementAndGet();
            byte[] answer = "{\"messages\":[{\"id\":\"wamid.1\"}]}".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        server.start();
        try {
            DeliveryOutcome outcome = trusting(trust, server.getAddress().getPort());
            assertThat(heard).hasValue(requests);
            return outcome;
        } finally {
            server.stop(0);
        }
    }

    /** The Java platform's own setting, which is what an operator has; put back before anybody else looks. */
    private static DeliveryOutcome trusting(String store, int port) throws IOException {
        if (store.isEmpty()) {
            return call(port);
        }
        System.setProperty(TRUST, folder.resolve(store).toString());
        System.setProperty(PASSWORD, "changeit");
        try {
            return call(port);
        } finally {
            System.clearProperty(TRUST);
            System.clearProperty(PASSWORD);
        }
    }

    private static DeliveryOutcome call(int port) throws IOException {
        Duration soon = Duration.ofSeconds(20);
        WhatsAppProperties properties = new WhatsAppProperties(
                "https://localhost", "v23.0", "a-token", "US", "", ProxyProperties.NONE, 2, soon, soon, soon);
        HttpClientBuilder builder = HttpClientBuilder.create();
        new CloudApiClient(properties).configureHttpClient(builder);
        WhatsAppOutcome outcomes = new WhatsAppOutcome(
                ShippedRetries.errors(),
                new HttpFailures(ShippedRetries.errors()),
                new StaticListableBeanFactory().getBeanProvider(Clock.class));
        Delivery delivery = aDelivery().over(ADelivery.WHATSAPP).delivery();
        try (CloseableHttpClient client = builder.build()) {
            return client.execute(
                    new HttpPost("https://localhost:" + port + "/v23.0/1/messages"),
                    answer -> outcomes.answered(
                            delivery, answer.getCode(), null, EntityUtils.toString(answer.getEntity())));
        } catch (IOException e) {
            return outcomes.failed(delivery, e);
        }
    }
}
