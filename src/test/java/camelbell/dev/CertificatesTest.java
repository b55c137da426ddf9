package camelbell.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests' own authority issues what TLS believes, and another one's is not believed. */
class CertificatesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void what_it_issues_is_believed_for_its_host_by_those_who_trust_it_and_by_nobody_else() throws Exception {
        Certificates ours = Certificates.in(Files.createDirectory(folder.resolve("ours")));
        Certificates theirs = Certificates.in(Files.createDirectory(folder.resolve("theirs")));
        Certificates.Issued server = ours.issue("server", "localhost");
        SSLContext trusting = ours.context(ours.issue("client"));
        SSLContext strange = theirs.context(theirs.issue("client"));

        assertThat(Files.readString(ours.authority())).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(Files.readString(server.key())).startsWith("-----BEGIN PRIVATE KEY-----");
        SSLContext serving = ours.context(server);
        assertThat(greeted(serving, trusting, "localhost")).isEqualTo(1);
        assertThatThrownBy(() -> greeted(serving, trusting, "127.0.0.1")).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> greeted(serving, strange, "localhost")).isInstanceOf(SSLHandshakeException.class);
    }

    private static int greeted(SSLContext server, SSLContext client, String host) throws IOException {
        try (SSLServerSocket listener =
                        (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0);
                SSLSocket caller = (SSLSocket) client.getSocketFactory().createSocket(host, listener.getLocalPort())) {
            listener.setNeedClientAuth(true);
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (var accepted = listener.accept()) {
                    accepted.getOutputStream().write(1);
                } catch (IOException refused) {
                    throw new CompletionException(refused);
                }
            });
            SSLParameters strict = caller.getSSLParameters();
            strict.setEndpointIdentificationAlgorithm("HTTPS");
            caller.setSSLParameters(strict);
            int read = caller.getInputStream().read();
            served.join();
            return read;
        }
    }
}
