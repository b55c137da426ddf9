package camelbell.channel;

import camelbell.model.ADelivery;
import camelbell.model.Attempt;
import camelbell.model.AttemptPlaces;
import camelbell.model.Channel;
import camelbell.model.Delivery;
import camelbell.model.HubTag;
import camelbell.model.Person;
import camelbell.model.Suppressions;
import camelbell.model.UnsubscribeLinks;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The mail and WhatsApp routes as they ship, with their neighbour, the settle stage, replaced by two queues. */
@EnableAutoConfiguration(
        exclude = {DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class, FlywayAutoConfiguration.class
        })
@ComponentScan({"camelbell.channel", "camelbell.message"})
@ComponentScan(
        basePackages = "camelbell.recipient",
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.PolicyFile"))
@ComponentScan(
        basePackages = "camelbell.runtime",
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.SimpleOperators"))
@ConfigurationPropertiesScan({"camelbell.channel", "camelbell.message"})
public class ChannelApplication {

    @Bean
    Ends ends() {
        return new Ends(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    }

    @Bean
    UnsubscribeLinks unsubscribeLinks() {
        return (person, channel) -> {
            if (person.id() == ADelivery.UNLINKABLE) {
                throw new IllegalArgumentException("a fault of ours");
            }
            return "https://hub.example.org/u/token-of-" + person.id();
        };
    }

    @Bean
    HubTag hubTag() {
        return new HubTag("0123456789abcdef", 0, Instant.EPOCH);
    }

    @Bean
    AttemptPlaces places() {
        return delivery -> true;
    }

    /** Stands in for the stage that knows opt-outs: ADelivery.OPTED_OUT has opted out. */
    @Bean
    Suppressions suppressions() {
        return new Suppressions() {
            @Override
            public void expect(Collection<Person> people) {
                // nothing is looked up
            }

            @Override
            public boolean isKnown(Person person) {
                return true;
            }

            @Override
            public @Nullable String reason(Person person, Channel channel) {
                return person.id() == ADelivery.OPTED_OUT ? OPTED_OUT : null;
            }

            @Override
            public boolean lift(long person, String channel, String why) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void forget(long person) {
                // nothing is remembered
            }
        };
    }

    @Bean
    RouteBuilder settle(Ends ends) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:settle").process(exchange -> ends.settled()
                        .add(exchange.getMessage().getBody(Attempt.class)));
                from("direct:release").process(exchange -> ends.released()
                        .add(exchange.getMessage().getBody(Delivery.class)));
            }
        };
    }

    /** Where deliveries ended. */
    public record Ends(BlockingQueue<Attempt> settled, BlockingQueue<Delivery> released) {}
}
