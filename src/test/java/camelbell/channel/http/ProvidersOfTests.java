package camelbell.channel.http;

import camelbell.channel.ShippedRetries;
import camelbell.model.HubTag;
import java.time.Clock;
import java.time.Instant;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.env.Environment;

/** What sets providers up as the hub does, with the shipped meanings of errors. */
final class ProvidersOfTests {

    private ProvidersOfTests() {}

    /** The caller's to close. */
    static HttpProviders with(Environment settings) {
        return new HttpProviders(
                ShippedRetries.errors(),
                new HttpFailures(ShippedRetries.errors()),
                new HubTag("0123456789abcdef", 0, Instant.EPOCH),
                settings,
                new StaticListableBeanFactory().getBeanProvider(Clock.class));
    }
}
