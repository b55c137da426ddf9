package camelbell.suppression;

import camelbell.model.StartRefused;
import java.net.URI;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the public port is seen from outside, without a slash at the end; empty: no links to the hub in messages.
 * Errors: plain http (RFC 8058 section 3.1 wants https) anywhere but on this machine stops the start.
 */
@ConfigurationProperties("camelbell.http")
record PublicUrl(String publicUrl) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    PublicUrl {
        publicUrl = publicUrl.strip().replaceAll("/+$", "");
        if (!publicUrl.isEmpty() && !isGood(publicUrl)) {
            throw new StartRefused("camelbell.http.public-url is \"" + publicUrl
                    + "\"; it must be an https address such as https://notify.example.org, without query or fragment,"
                    + " or empty. Plain http is only for localhost.");
        }
    }

    private static boolean isGood(String url) {
        try {
            URI uri = URI.create(url);
            boolean whole = uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            boolean safe = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost()));
            return whole && safe && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }
}
