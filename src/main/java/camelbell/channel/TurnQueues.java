package camelbell.channel;

import camelbell.model.Delivery;
import camelbell.model.Dispatch;
import camelbell.model.Person;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.ComponentCustomizer;
import org.jspecify.annotations.Nullable;

/** Makes the queues between routes, and finds the one that a channel's message came from. */
@org.springframework.stereotype.Component("turnQueues")
class TurnQueues implements ComponentCustomizer, BlockingQueueFactory<Exchange> {

    private static final int LOOKED_AHEAD = 500;

    @Override
    public boolean isEnabled(String name, Component component) {
        return component instanceof SedaComponent;
    }

    @Override
    public void configure(String name, Component component) {
        ((SedaComponent) component).setDefaultQueueFactory(this);
    }

    @Override
    public BlockingQueue<Exchange> create() {
        return new TurnQueue(Integer.MAX_VALUE);
    }

    @Override
    public BlockingQueue<Exchange> create(int capacity) {
        return new TurnQueue(capacity);
    }

    /** The queue that the message was taken from; null where it came another way. */
    static @Nullable TurnQueue of(Exchange exchange) {
        return exchange.getFromEndpoint() instanceof SedaEndpoint seda && seda.getQueue() instanceof TurnQueue queue
                ? queue
                : null;
    }

    /** To whom this message goes, and the next ones that wait behind it. */
    static List<Person> recipients(Delivery delivery, Exchange exchange) {
        TurnQueue queue = of(exchange);
        Stream<Person> behind = queue == null
                ? Stream.of()
                : queue.stream()
                        .limit(LOOKED_AHEAD)
                        .map(next -> next.getMessage().getBody())
                        .filter(Dispatch.class::isInstance)
                        .map(next -> ((Dispatch) next).deliveries().get(0).recipient());
        return Stream.concat(Stream.of(delivery.recipient()), behind).toList();
    }
}
