package camelbell.channel.http;

import camelbell.model.StartRefused;

/**
 * An HTTP proxy before a provider, and its login. Empty host: none. Meanings and defaults stand in application.yaml.
 * Errors: {@link StartRefused} for what cannot be meant.
 */
public record ProxyProperties(String host, int port, String username, String password) {

    /** No proxy. */
    public static final ProxyProperties NONE = new ProxyProperties("", 3128, "", "");

    private static final String KEY = "camelbell.whatsapp.proxy.";
    private static final int MAX_PORT = 65_535;

    public ProxyProperties {
        if (!host.matches("[A-Za-z0-9._-]*|[0-9A-Fa-f:.]+")) {
            throw new StartRefused(
                    KEY + "host is no host name; it must be one such as proxy.example.org, without http://"
                            + " and login, or empty.");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new StartRefused(KEY + "port is " + port + ": set it between 1 and " + MAX_PORT + ".");
        }
        if (username.isEmpty() && !password.isEmpty()) {
            throw new StartRefused(KEY + "password is set without " + KEY + "username.");
        }
    }

    public boolean isSet() {
        return !host.isEmpty();
    }

    /** The password must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "ProxyProperties[host=" + host + ", port=" + port + "]";
    }
}
