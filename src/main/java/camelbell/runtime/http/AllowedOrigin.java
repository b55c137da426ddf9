package camelbell.runtime.http;

import camelbell.model.StartRefused;
import java.util.regex.Pattern;

/**
 * One entry of {@code camelbell.http.allowed-origins}, as browsers write an Origin header (RFC 6454 section 6.2), or the
 * shells in which apps and browser extensions run: those have schemes of their own, whose hosts may be ids in any case.
 */
final class AllowedOrigin {

    private static final Pattern ORIGIN =
            Pattern.compile("https?://([a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");

    private static final Pattern SHELL = Pattern.compile("(capacitor|ionic|tauri|app|chrome-extension|moz-extension"
            + "|safari-web-extension|extension)://[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*(:[1-9][0-9]{0,4})?");

    private AllowedOrigin() {}

    /** Errors: {@link StartRefused} for what no browser would send, and so would never allow anything. */
    static void check(String origin) {
        if (origin.equals("*")) {
            throw new StartRefused("camelbell.http.allowed-origins holds \"*\", which is not offered: any page that a"
                    + " person visits could then open sockets and call the API from their browser; name each origin as"
                    + " scheme://host[:port].");
        }
        if (!ORIGIN.matcher(origin).matches() && !SHELL.matcher(origin).matches()) {
            throw new StartRefused("camelbell.http.allowed-origins holds \"" + origin
                    + "\", which no browser sends: write each origin as scheme://host[:port], in small letters and"
                    + " without a path, such as https://desk.example.org, capacitor://localhost or"
                    + " chrome-extension://<id>.");
        }
    }
}
