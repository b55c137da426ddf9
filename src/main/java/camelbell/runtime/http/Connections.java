package camelbell.runtime.http;

import camelbell.runtime.http.Newcomers.Newcomer;
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
 * How many connections there may be: in all, of one address, and of those that have not yet been answered with success, which
 * are the ones to go when places run out. Behind a trusted proxy connections are the proxy's; there its clients' requests under way and
 * sockets are counted.
 */
@Component("connections")
class Connections {

    private static final String ALL = "all";
    private static final String NEW = "new-connections";

    private final Proxies proxies;
    private final Refusals refusals;
    private final Places all;
    private final Places addresses;
    private final Newcomers unknown;

    Connections(HttpLimits limits, Proxies proxies, Refusals refusals, MeterRegistry meters) {
        this.proxies = proxies;
        this.refusals = refusals;
        this.all = new Places("connections", limits.connections());
        this.addresses = new Places("connections-per-address", limits.connectionsPerAddress());
        this.unknown = new Newcomers(limits.newConnections());
        Gauge.builder("camelbell.http.connections", all, counted -> counted.taken(ALL))
                .description("Connections to the public port")
                .register(meters);
        Gauge.builder("camelbell.http.new.connections", unknown, Newcomers::count)
                .description("Those that have not been answered with success yet")
                .register(meters);
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
        String full = enter(caller);
        Newcomer newcomer = full == null ? introduce(peer, caller, channel) : null;
        if (newcomer == null) {
            refusals.count(full == null ? NEW : full);
            Farewell.say(channel.pipeline().firstContext(), HttpErrors.raw(HttpError.FULL));
            return false;
        }
        Runnable known = () -> unknown.leave(newcomer);
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

    /** The kind of places that there are none of, or null. */
    private @Nullable String enter(@Nullable String caller) {
        if (!all.take(ALL)) {
            return all.kind();
        }
        if (caller != null && !addresses.take(caller)) {
            all.give(ALL);
            return addresses.kind();
        }
        return null;
    }

    private @Nullable Newcomer introduce(String peer, @Nullable String caller, Channel channel) {
        Newcomer newcomer = unknown.enter(
                caller == null ? peer : caller, caller == null, () -> RequestTurns.isBusy(channel), () -> {
                    refusals.count(NEW);
                    channel.eventLoop().execute(() -> cut(channel));
                });
        if (newcomer == null) {
            leave(caller);
        }
        return newcomer;
    }

    /** Not by the channel: Vert.x would first wait for what is queued to go. */
    private static void cut(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) { // it has not left meanwhile
            var unused = first.close();
        }
    }

    private void leave(@Nullable String caller) {
        all.give(ALL);
        if (caller != null) {
            addresses.give(caller);
        }
    }
}
