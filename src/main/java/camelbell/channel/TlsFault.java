package camelbell.channel;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What a server's certificate was refused for, in words that stand in reasons behind {@code SMTP TLS} and {@code HTTP TLS}. */
public final class TlsFault {

    /** As the JDK puts it, which has no exception of its own for it. */
    private static final Pattern OTHER_HOST =
            Pattern.compile("No subject alternative|No name matching|verify identity");

    private TlsFault() {}

    /** Null where the certificate is not to blame. */
    public static @Nullable String of(Chain chain) {
        if (chain.find(CertificateExpiredException.class) != null
                || chain.find(CertificateNotYetValidException.class) != null) {
            return "CERTIFICATE EXPIRED";
        }
        boolean otherHost = chain.links().stream()
                .map(link -> String.valueOf(link.getMessage()))
                .anyMatch(message -> OTHER_HOST.matcher(message).find());
        if (otherHost || chain.find(SSLPeerUnverifiedException.class) != null) {
            return "CERTIFICATE OF ANOTHER HOST";
        }
        return chain.find(CertificateException.class) != null
                        || chain.find(CertPathBuilderException.class) != null
                        || chain.find(CertPathValidatorException.class) != null
                ? "CERTIFICATE NOT TRUSTED"
                : null;
    }
}
