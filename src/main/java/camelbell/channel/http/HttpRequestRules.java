package camelbell.channel.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** What every request to one provider is like. Errors: {@link IllegalArgumentException}, which holds no secret. */
final class HttpRequestRules {

    private static final int MAX_PORT = 65_535;
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");

    private final @Nullable URI url;
    private final String method;
    private final String login;
    private final String headerName;
    private final String headerValue;
    private final List<AllowedHost> hosts;
    private final WebhookSigner signer;

    HttpRequestRules(
            String url,
            String method,
            String username,
            String password,
            String headerName,
            String headerValue,
            List<AllowedHost> hosts,
            WebhookSigner signer) {
        this.method = method.strip().toUpperCase(Locale.ROOT);
        this.login = username.isEmpty() ? "" : "Basic " + base64(username + ":" + password);
        this.headerName = headerName.strip();
        this.headerValue = headerValue.strip();
        this.hosts = hosts;
        this.signer = signer;
        check(url.strip());
        this.url = url.isBlank() ? null : parsed(url.strip());
        if (!password.isEmpty() && username.isEmpty()) {
            throw new IllegalArgumentException("there is a password without a username");
        }
    }

    private void check(String url) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("method " + method + " is none of " + METHODS);
        }
        if (url.isEmpty() == hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    url.isEmpty()
                            ? "url is empty; set it, or hosts where each person's address is a URL"
                            : "url and hosts are both set; url is one address for all, hosts is for URLs of persons");
        }
        if (headerName.isEmpty() != headerValue.isEmpty() || !headerName.matches("[A-Za-z0-9-]*")) {
            throw new IllegalArgumentException("headerName and headerValue belong together");
        }
        if (!headerValue.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("headerValue holds what no header may");
        }
    }

    private static URI parsed(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getPort() <= MAX_PORT && uri.getRawUserInfo() == null) {
                return URI.create(uri.toASCIIString());
            }
        } catch (URISyntaxException bad) {
            // without it: its message has the whole address, and perhaps a token in it
            throw new IllegalArgumentException("url is no http or https address, at character " + bad.getIndex());
        }
        throw new IllegalArgumentException("url is no http or https address with a host, and without a login");
    }

    /** True where each person has a URL of their own. */
    boolean personal() {
        return url == null;
    }

    List<AllowedHost> hosts() {
        return hosts;
    }

    URI url() {
        return Objects.requireNonNull(url);
    }

    String method() {
        return method;
    }

    /**
     * Login and signature.
     *
     * @param id of the message, the same over all attempts
     * @param timestamp of the attempt, in seconds since 1970
     */
    void sign(ClassicHttpRequest request, String id, long timestamp, String body) {
        if (!login.isEmpty()) {
            request.setHeader("Authorization", login);
        }
        if (!headerName.isEmpty()) {
            request.setHeader(headerName, headerValue);
        }
        if (signer.signs()) {
            request.setHeader("webhook-id", id);
            request.setHeader("webhook-timestamp", String.valueOf(timestamp));
            request.setHeader("webhook-signature", signer.signature(id, timestamp, body));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
