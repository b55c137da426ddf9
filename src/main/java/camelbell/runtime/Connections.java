package camelbell.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many connections there may be: in all, of one address, and of those that have not yet been answered with success, so that
 * silent ones do not take all places. Behind a trusted proxy connections are the proxy's; there its clients' requests under way and
 * sockets are counted.
 */
@Component("connections")
class Connections {

    private static final String ALL = "all";

    private final Proxies proxies;
    private final Refusals refusals;
    private final Places all;
    private final Places addresses;
    private final Places unknown;

    Connections(HttpLimits limits, Proxies proxies, Refusals refusals, MeterRegistry meters) {
        this.proxies = proxies;
        this.refusals = refusals;
        this.all = new Places("connections", limits.connections());
        this.addresses = new Places("connections-per-address", limits.connectionsPerAddress());
        this.unknown = new Places("new-connections", limits.newConnections());
        gauge(meters, "camelbell.http.connections", all, "Connections to the public port");
        gauge(meters, "camelbell.http.new.connections", unknown, "Those that have not been answered with success yet");
    }

    /** True when it may stay; one that may not is told so and closed. On its event loop, before anything is read of it. */
    boolean admit(HttpConnection connection, Answers.Loop loop) {
        Channel channel = ((ConnectionBase) connection).channel();
        if (!(channel.remoteAddress() instanceof InetSocketAddress address)) {
            var unused = channel.close(); // it has left already
            return false;
        }
        String peer = address.getAddress().getHostAddress();
        String caller = proxies.trusts(peer) ? null : Networks.of(peer);
        Places full = enter(caller);
        if (full != null) {
            refusals.count(full.kind());
            channel.config().setAutoRead(false);
            ChannelHandlerContext first = channel.pipeline().firstContext();
            var unused = first.writeAndFlush(HttpErrors.raw(HttpError.FULL)).addListener(sent -> {
                var ignored = first.close();
            });
            return false;
        }
        AtomicBoolean isNew = new AtomicBoolean(true);
        Runnable known = () -> {
            if (isNew.compareAndSet(true, false)) {
                unknown.give(ALL);
            }
        };
        var unused = channel.closeFuture().addListener(closed -> {
            known.run();
            leave(caller);
        });
        RequestTurns.on(channel, known, loop.watch(channel));
        return true;
    }

    /** True when the client that a trusted proxy names has as much under way as one address may; the 429 is answered then. */
    boolean stopsForwarded(RoutingContext context) {
        boolean direct = !proxies.trusts(context.request().remoteAddress().hostAddress());
        if (direct || proxies.trusts(proxies.client(context.request()))) {
            return false; // counted by its connection, or the proxy speaks for itself
        }
        String caller = proxies.network(context);
        if (!addresses.take(caller)) {
            refusals.refuse(context, HttpError.TOO_MUCH_AT_ONCE);
            return true;
        }
        AtomicBoolean here = new AtomicBoolean(true);
        Runnable gone = () -> {
            if (here.compareAndSet(true, false)) {
                addresses.give(caller);
            }
        };
        context.addEndHandler(ended -> gone.run());
        if (context.normalizedPath().startsWith("/ws/")) {
            // a socket ends with its connection, of which the request knows nothing any more
            ((ConnectionBase) context.request().connection()).closeFuture().onComplete(closed -> gone.run());
        }
        return false;
    }

    private @Nullable Places enter(@Nullable String caller) {
        if (!all.take(ALL)) {
            return all;
        }
        if (caller != null && !addresses.take(caller)) {
            all.give(ALL);
            return addresses;
        }
        if (!unknown.take(ALL)) {
            leave(caller);
            return unknown;
        }
        return null;
    }

    private void leave(@Nullable String caller) {
        all.give(ALL);
        if (caller != null) {
            addresses.give(caller);
        }
    }

    private static void gauge(MeterRegistry meters, String name, Places places, String meaning) {
        Gauge.builder(name, places, counted -> counted.taken(ALL))
                .description(meaning)
                .register(meters);
    }
}
