package camelbell.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.dev.Certificates;
import camelbell.dev.ScriptedGateway;
import camelbell.model.ADelivery;
import camelbell.model.ChannelLimit;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.Sent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** A person's URL through the client that a provider has, to servers that do listen. */
class PersonalUrlCallTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static Certificates certificates;

    private final HttpProviders providers = ProvidersOfTests.with(new MockEnvironment());

    @BeforeAll
    static void certificates() {
        certificates = Certificates.in(folder);
        certificates.issue("receiver", "localhost");
    }

    @AfterEach
    void end() {
        providers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void a_listed_host_that_leads_inside_is_not_even_connected_to(String host) throws IOException {
        try (ServerSocket inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = inside.getLocalPort();

            assertThat(outcome("https://" + host + ":" + port + "/", host + ":" + port, ""))
                    .isEqualTo(new FailedForGood("ADDRESS_FORBIDDEN"));

            // connections are accepted in the order in which they were made
            try (Socket ours = new Socket(inside.getInetAddress(), port);
                    Socket first = inside.accept()) {
                assertThat(first.getPort()).isEqualTo(ours.getLocalPort());
            }
        }
    }

    @Test
    void in_a_network_that_is_allowed_it_is_called() {
        try (ScriptedGateway receiver = new ScriptedGateway(certificates.context(new Certificates.Issued(
                folder.resolve("receiver.pem"), folder.resolve("receiver.key"), folder.resolve("receiver.p12"))))) {
            String url = receiver.url("/hook");

            assertThat(outcome(url, URI.create(url).getAuthority(), "127.0.0.0/8"))
                    .isEqualTo(new Sent(null));

            assertThat(receiver.received()).hasSize(1);
        }
    }

    private DeliveryOutcome outcome(String url, String hosts, String networks) {
        HttpProvider provider = new HttpProvider();
        provider.setHosts(hosts);
        provider.setNetworks(networks);
        provider.setTrust(certificates.authority().toString());
        providers.begin(provider, ADelivery.WHATSAPP, new ChannelLimit(2, 10, Duration.ofSeconds(20)));
        Delivery delivery = ADelivery.aDelivery()
                .over(ADelivery.WHATSAPP)
                .to(ADelivery.readerAt("whatsapp_number", url))
                .delivery();
        try {
            return provider.post(delivery, new HttpBody("application/json", "{}"));
        } catch (IOException | RuntimeException e) {
            return provider.failed(delivery, e);
        }
    }
}
