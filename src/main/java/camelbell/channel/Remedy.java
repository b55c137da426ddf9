package camelbell.channel;

import java.util.Locale;

/** What a person can do about a channel that has stopped, by its reason. */
final class Remedy {

    private Remedy() {}

    static String of(String channel, String reason) {
        String keys = keys(channel, reason);
        if (reason.endsWith("CERTIFICATE NOT TRUSTED")) {
            return "Nobody whom the hub trusts vouches for the server's certificate: name the PEM file of its authority in "
                    + keys + "trust";
        }
        if (reason.endsWith("CERTIFICATE OF ANOTHER HOST")) {
            return "The server's certificate is for another name than " + keys
                    + (reason.startsWith("SMTP") ? "host" : channel.equals("WHATSAPP") ? "base-url" : "url") + " has";
        }
        if (reason.endsWith("CERTIFICATE EXPIRED")) {
            return "The server's certificate has expired, or the clock of this host is wrong";
        }
        if (reason.equals("HTTP PROXY 407")) {
            return "The proxy wants another login: see to camelbell.whatsapp.proxy.username and password";
        }
        return "See to the provider or our access to it";
    }

    private static String keys(String channel, String reason) {
        if (reason.startsWith("SMTP")) {
            return "camelbell.mail.";
        }
        return channel.equals("WHATSAPP")
                ? "camelbell.whatsapp."
                : "camelbell.channels." + channel.toLowerCase(Locale.ROOT).replace('_', '-') + ".";
    }
}
