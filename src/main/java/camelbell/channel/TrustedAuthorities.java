package camelbell.channel;

import camelbell.model.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in a server whose certificate no public authority has signed. */
public final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /**
     * Believes the certificates in this PEM file and no others. Errors: a file that holds none.
     *
     * @param key the setting that names the file
     */
    public static SSLContext in(String key, String pemFile) {
        try (InputStream pem = Files.newInputStream(Path.of(pemFile))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            if (number == 0) {
                throw new IOException("there is no certificate in it");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            throw new StartRefused(
                    key + " is \"" + pemFile + "\", which cannot be read as certificates in PEM: " + e, e);
        }
    }
}
