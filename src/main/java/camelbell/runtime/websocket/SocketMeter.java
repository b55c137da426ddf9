package camelbell.runtime.websocket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** How many sockets this node has open, and what they do: the metrics {@code camelbell.websocket.*} of the connections. */
@Component("socketMeter")
class SocketMeter {

    private static final String CLOSES = "camelbell.websocket.closes";
    private static final String HANDSHAKES = "camelbell.websocket.handshakes";

    /** Clients may close with any code they like; those that the hub does not know count as one. */
    private static final Set<Integer> CODES =
            Set.of(1000, 1001, 1002, 1003, 1005, 1006, 1007, 1009, 1011, 1012, 4401, 4408, 4409, 4429);

    private final MeterRegistry meters;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter in;
    private final Counter out;

    SocketMeter(MeterRegistry meters) {
        this.meters = meters;
        this.in = frames(meters, "in");
        this.out = frames(meters, "out");
        Gauge.builder("camelbell.websocket.connections", open, AtomicInteger::get)
                .description("Sockets open on this node")
                .register(meters);
    }

    private static Counter frames(MeterRegistry meters, String direction) {
        return Counter.builder("camelbell.websocket.frames")
                .description("Frames from clients (in) and text frames to them (out)")
                .tag("direction", direction)
                .register(meters);
    }

    int open() {
        return open.get();
    }

    /** The outcome of a handshake: opened, or why not. */
    void handshake(String outcome) {
        meters.counter(HANDSHAKES, "outcome", outcome).increment();
    }

    void opened() {
        open.incrementAndGet();
        handshake("opened");
    }

    void closed(int code) {
        open.decrementAndGet();
        closedUnopened(code);
    }

    /** A connection that was accepted only to be closed with a code that the client can read. */
    void closedUnopened(int code) {
        meters.counter(CLOSES, "code", CODES.contains(code) ? Integer.toString(code) : "other")
                .increment();
    }

    void frameIn() {
        in.increment();
    }

    void frameOut() {
        out.increment();
    }
}
