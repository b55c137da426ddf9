package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.Channel;
import camelbell.model.Delivery;
import camelbell.model.Dispatch;
import camelbell.model.Person;
import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The announcing routes as they ship, with a Kafka that is down. */
class AnnouncementsRouteTest {

    private final CamelContext camel = new DefaultCamelContext();
    private final Woken woken = new Woken();

    /** In the dispatcher's place. */
    public static final class Woken {

        final BlockingQueue<List<Long>> people = new LinkedBlockingQueue<>();

        public void wake(List<Long> hinted) {
            people.add(hinted);
        }
    }

    @BeforeEach
    void start() throws Exception {
        Map.of(
                        "camelbell.kafka.brokers", "localhost:1",
                        "camelbell.kafka.topics.announcements", "announcements",
                        "camelbell.websocket.queue", "10",
                        "camelbell.websocket.announce-timeout-ms", "2000",
                        "camelbell.kafka.poll-wait-ms", "0",
                        "camelbell.kafka.session-timeout-ms", "10000",
                        "camelbell.node", "test")
                .forEach((name, value) -> camel.getPropertiesComponent().addOverrideProperty(name, value));
        camel.getRegistry().bind("announcements", new Announcements());
        camel.getRegistry().bind("catchUpDispatcher", woken);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        PluginHelper.getResourceLoader(camel)
                                .resolveResource("file:routes/52-channel-websocket.camel.yaml"),
                        PluginHelper.getResourceLoader(camel)
                                .resolveResource("file:routes/85-announcements.camel.yaml"));
        camel.getCamelContextExtension()
                .getContextPlugin(org.apache.camel.model.Model.class)
                .getRouteDefinition("hear-announcements")
                .setAutoStartup("false");
        camel.getShutdownStrategy().setTimeout(1);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void a_kafka_that_is_down_never_holds_up_or_fails_who_announces() throws Exception {
        try (ProducerTemplate caller = camel.createProducerTemplate()) {
            long start = System.nanoTime();
            for (long person = 1; person <= 100; person++) {
                caller.sendBody("direct:announce", List.of(person));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isLessThan(Duration.ofSeconds(30)); // held up, each would wait for the time-out of 2 s
        }
        assertThat(woken.people).hasSize(100);
    }

    @Test
    void each_dispatch_is_a_hint_of_its_own_that_waits_for_no_other() throws Exception {
        try (ProducerTemplate dispatcher = camel.createProducerTemplate()) {
            for (long person : new long[] {1, 2, 1}) {
                dispatcher.sendBody("seda:channel-websocket", dispatch(person));
                assertThat(woken.people.poll(1, TimeUnit.MINUTES)).containsExactly(person);
            }
        }
    }

    private static Dispatch dispatch(long person) {
        Instant now = Instant.EPOCH;
        Ticket ticket = new Ticket(5, "t", "HIGH", "BUG", "NEW", 2, "Main Website", now);
        return new Dispatch(List.of(new Delivery(
                person,
                new Channel("SYSTEM", "System Alert", "channel-websocket", null, true),
                new Person(person, "u", "U", "ADMIN", true, null, null, Map.of()),
                new TicketEvent("urn:test", "1", "ticket_created", now, ticket, null, List.of()),
                "s",
                "m",
                now,
                1,
                now)));
    }
}
