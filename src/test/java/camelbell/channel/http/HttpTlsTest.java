package camelbell.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.dev.Certificates;
import camelbell.model.ADelivery;
import camelbell.model.ChannelLimit;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** What breaks before a connection is ready has sent nothing, whatever the JDK calls it; afterwards nobody knows. */
class HttpTlsTest {

    /** TLS 1.2, an alert: fatal, internal_error. RFC 8446 §5.1, §6. */
    private static final byte[] INTERNAL_ERROR = {21, 3, 3, 0, 2, 2, 80};

    private static final byte[] NO_TLS =
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static Certificates certificates;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static SSLContext tls;

    private final HttpProviders providers = ProvidersOfTests.with(new MockEnvironment());

    @BeforeAll
    static void certificates() {
        certificates = Certificates.in(folder);
        tls = certificates.context(certificates.issue("provider", "localhost"));
    }

    @AfterEach
    void end() {
        providers.close();
    }

    @Test
    void a_server_that_speaks_no_tls_stops_the_channel() throws Exception {
        assertThat(outcomeOf(client -> {
                    hello(client);
                    client.getOutputStream().write(NO_TLS);
                    untilGone(client);
                }))
                .isEqualTo(new Stopped("HTTP TLS"));
    }

    @Test
    void an_alert_instead_of_a_handshake_stops_the_channel() throws Exception {
        assertThat(outcomeOf(client -> {
                    hello(client);
                    client.getOutputStream().write(INTERNAL_ERROR);
                    untilGone(client);
                }))
                .isEqualTo(new Stopped("HTTP TLS"));
    }

    @Test
    void a_connection_that_is_lost_or_silent_before_it_is_ready_is_none() throws Exception {
        assertThat(outcomeOf(client -> {
                    hello(client);
                    client.setSoLinger(true, 0);
                }))
                .isEqualTo(new Unavailable("HTTP CONNECT", null));
        assertThat(outcomeOf(HttpTlsTest::untilGone)).isEqualTo(new Unavailable("HTTP CONNECT", null));
    }

    @Test
    void what_breaks_once_the_connection_is_ready_may_have_arrived() throws Exception {
        assertThat(outcomeOf(client -> {
                    SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(client, null, false);
                    // read: the handshake is over, and the request on its way
                    if (secured.getInputStream().read() < 0) {
                        throw new IOException("no request");
                    }
                    client.getOutputStream().write(INTERNAL_ERROR);
                    untilGone(client);
                }))
                .isEqualTo(new Unknown("HTTP NO ANSWER"));
    }

    /** Its first record whole: a connection that is closed before all is read is reset, and what it said is lost. */
    private static void hello(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readNBytes(3);
        in.readNBytes(in.readUnsignedShort());
    }

    private static void untilGone(Socket client) {
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException reset) {
            // gone, too
        }
    }

    private interface Peer {

        void meet(Socket client) throws IOException;
    }

    /** Of a call to a server that does as it is told with its first client. */
    private DeliveryOutcome outcomeOf(Peer peer) throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Void> met = CompletableFuture.runAsync(
                    () -> {
                        try (Socket client = server.accept()) {
                            peer.meet(client);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    Executors.newSingleThreadExecutor());
            DeliveryOutcome outcome = outcome("https://localhost:" + server.getLocalPort() + "/");
            assertThat(met).succeedsWithin(Duration.ofMinutes(1));
            return outcome;
        }
    }

    private DeliveryOutcome outcome(String url) {
        HttpProvider provider = new HttpProvider();
        provider.setUrl(url);
        provider.setTrust(certificates.authority().toString());
        provider.setConnectTimeout("2s");
        providers.begin(provider, ADelivery.WHATSAPP, new ChannelLimit(2, 10, Duration.ofMinutes(1)));
        Delivery delivery = ADelivery.aDelivery().over(ADelivery.WHATSAPP).delivery();
        try {
            return provider.post(delivery, new HttpBody("application/json", "{}"));
        } catch (IOException | RuntimeException e) {
            return provider.failed(delivery, e);
        }
    }
}
