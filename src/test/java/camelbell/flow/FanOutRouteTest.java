package camelbell.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.ADelivery;
import camelbell.model.Channel;
import camelbell.model.Dispatch;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Route 40 with queues of two places: that of mails is worked off, that of hints for sockets is not. */
class FanOutRouteTest {

    private static final int PEOPLE = 200;
    private static final Channel INBOX = new Channel("SYSTEM", "System Alert", "channel-websocket", null, true);

    private final CamelContext camel = new DefaultCamelContext();
    private final Queue<Long> mailed = new ConcurrentLinkedQueue<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        PluginHelper.getResourceLoader(camel).resolveResource("file:routes/40-dispatch.camel.yaml"));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:channel-websocket?size=2").process(hint -> opened.await());
                from("seda:channel-mail?size=2")
                        .process(sent -> begun.await())
                        .process(sent -> mailed.add(sent.getMessage()
                                .getBody(Dispatch.class)
                                .over("EMAIL")
                                .notificationId()));
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        begun.countDown();
        opened.countDown();
        camel.stop();
    }

    @Test
    void a_queue_of_hints_that_is_full_keeps_nobody_behind_from_the_channels_and_one_of_a_channel_is_waited_for()
            throws Exception {
        List<Dispatch> everybody = LongStream.rangeClosed(1, PEOPLE)
                .mapToObj(person -> new Dispatch(List.of(
                        ADelivery.aDelivery().over(INBOX).delivery(1000 + person),
                        ADelivery.aDelivery().delivery(person))))
                .toList();

        try (ProducerTemplate caller = camel.createProducerTemplate()) {
            caller.sendBody("direct:dispatch", everybody);
            await().until(() ->
                    camel.getEndpoint("seda:channel-mail", SedaEndpoint.class).getCurrentQueueSize() == 2);
            begun.countDown();

            await().until(() -> mailed.size() == PEOPLE);
            await().until(() -> camel.getInflightRepository().size("fan-out") == 0);
        }
        assertThat(mailed)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, PEOPLE).boxed().toList());
    }
}
