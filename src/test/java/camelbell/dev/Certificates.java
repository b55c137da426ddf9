package camelbell.dev;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of a test's own and what it has issued, made by the JDK's own tool; as PEM files and as PKCS12
 * stores in one folder. Two of them do not trust each other.
 */
public final class Certificates {

    /** Of every store. */
    public static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final Path store;

    private Certificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("authority.p12");
    }

    /** A new authority whose files lie in the folder, which belongs to it alone. */
    public static Certificates in(Path folder) {
        Certificates made = new Certificates(folder);
        made.keytool(AUTHORITY, "-dname", "CN=Authority of " + folder.getFileName(), "-ext", "bc:c=ca:true");
        made.write("authority.pem", pem("CERTIFICATE", made.chain(AUTHORITY).get(0)));
        return made;
    }

    /** The authority's certificate, PEM: what clients trust. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /**
     * A key pair with a certificate that the authority has signed, for servers and for clients.
     *
     * @param name of the files, and the certificate's common name
     * @param hosts names and addresses that it is valid for; none for a client
     */
    public Issued issue(String name, String... hosts) {
        List<String> options = new ArrayList<>(List.of("-dname", "CN=" + name, "-signer", AUTHORITY));
        if (hosts.length > 0) {
            options.add("-ext");
            options.add("san="
                    + Arrays.stream(hosts)
                            .map(host -> (host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + host)
                            .collect(Collectors.joining(",")));
        }
        keytool(name, options.toArray(String[]::new));
        try {
            Key key = load().getKey(name, PASSWORD.toCharArray());
            KeyStore alone = KeyStore.getInstance("PKCS12");
            alone.load(null, null);
            alone.setKeyEntry(name, key, PASSWORD.toCharArray(), chain(name).toArray(Certificate[]::new));
            Path keyStore = folder.resolve(name + ".p12");
            try (var out = Files.newOutputStream(keyStore)) {
                alone.store(out, PASSWORD.toCharArray());
            }
            return new Issued(
                    write(
                            name + ".pem",
                            chain(name).stream()
                                    .map(one -> pem("CERTIFICATE", one))
                                    .collect(Collectors.joining())),
                    write(name + ".key", pem("PRIVATE KEY", key.getEncoded())),
                    keyStore);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot issue " + name, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the certificate " + name, e);
        }
    }

    /**
     * A key pair and its certificate.
     *
     * @param certificate PEM, its chain
     * @param key PEM, PKCS #8 without a password, readable by its owner alone
     * @param store PKCS12 with both
     */
    public record Issued(Path certificate, Path key, Path store) {}

    /** Shows this pair and trusts what the authority has signed; for servers and clients in this JVM. */
    public SSLContext context(Issued pair) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(pair.store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
            TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            others.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), others.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot use " + pair.store, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pair.store, e);
        }
    }

    private void keytool(String alias, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
            if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
                throw new IllegalStateException("keytool made no certificate " + alias + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool made " + alias, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run keytool", e);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD.toCharArray());
        }
        return all;
    }

    private List<Certificate> chain(String alias) {
        try {
            return List.of(load().getCertificateChain(alias));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read " + store, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + store, e);
        }
    }

    private static String pem(String what, Certificate one) {
        try {
            return pem(what, one.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate without bytes", e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private Path write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text, US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
