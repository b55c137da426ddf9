package camelbell.channel.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person's URL may name: {@code hooks.slack.com}, {@code *.example.org} for any host below, and the port of HTTPS
 * unless the entry has another one, {@code localhost:8443}. A port of a person's choosing could stand for a server that is none
 * of the provider's, or for nobody, and a channel stops when nobody answers.
 */
record AllowedHost(String name, int port) {

    private static final int HTTPS = 443;
    private static final int MAX_PORT = 65_535;
    private static final Pattern ENTRY =
            Pattern.compile("((?:\\*\\.)?[a-z0-9-]+(?:\\.[a-z0-9-]+)*)(?::([1-9][0-9]{0,4}))?");

    /** Errors: {@link IllegalArgumentException} for what is none. */
    static AllowedHost of(String entry) {
        Matcher parts = ENTRY.matcher(entry.toLowerCase(Locale.ROOT));
        if (parts.matches()) {
            int port = parts.group(2) == null ? HTTPS : Integer.parseInt(parts.group(2));
            if (port <= MAX_PORT) {
                return new AllowedHost(parts.group(1), port);
            }
        }
        throw new IllegalArgumentException(
                "\"" + entry + "\" is no host such as hooks.slack.com, *.example.org or localhost:8443");
    }

    boolean covers(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        int asked = url.getPort() < 0 ? HTTPS : url.getPort();
        boolean named = name.startsWith("*.")
                ? host.endsWith(name.substring(1)) && host.length() > name.length() - 1
                : host.equals(name);
        return named && asked == port;
    }
}
