package camelbell.channel.http;

import java.time.Duration;

/**
 * How a provider is called over HTTP.
 *
 * @param keys what its configuration keys begin with, such as {@code camelbell.whatsapp.}
 * @param authorization value of the header of that name; empty: none
 * @param trust PEM file with the only authorities that are believed; empty: those of the JVM
 * @param concurrency requests under way at once
 * @param connectTimeout longest wait for a connection
 * @param responseTimeout longest silence
 * @param attemptTimeout longest time altogether, however slowly it drips
 */
public record CallSettings(
        String keys,
        String authorization,
        String trust,
        ProxyProperties proxy,
        int concurrency,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration attemptTimeout) {

    /** Secrets must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "CallSettings[keys=" + keys + ", concurrency=" + concurrency + ", attemptTimeout=" + attemptTimeout
                + "]";
    }
}
