package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.ChannelGate;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many more deliveries of each channel this node may hold in memory: as many as can be begun while their leases are
 * good, and no more than is configured. New work is taken only while nothing older
 * waits in the table, so that a channel's backlog leaves it in order, and as far as the channel admits it.
 */
@Component
class ChannelCapacity {

    private final int usual;
    private final Duration lease;
    private final ChannelLimits limits;
    private final ChannelGate gate;
    private final Map<String, State> channels = new ConcurrentHashMap<>();
    private volatile Runnable whenWorkWaits = () -> {};

    ChannelCapacity(DeliveryProperties properties, ChannelLimits limits, ChannelGate gate) {
        this.gate = gate;
        this.limits = limits;
        this.usual = properties.inMemory();
        this.lease = properties.lease();
    }

    /** Takes one place for new work; false when there is none, or older work goes first. */
    boolean takeForNew(Channel channel) {
        return state(channel.code())
                .takeForNew(() -> gate.admitsNew(channel.code()), () -> AfterCommit.run(whenWorkWaits));
    }

    /** What is done when work of a channel begins to wait in the table, once it is there. */
    void whenWorkWaits(Runnable what) {
        whenWorkWaits = what;
    }

    /** Takes up to {@code most} places for work that waits in the table, and answers how many. */
    int takeForWaiting(Channel channel, int most) {
        return state(channel.code()).takeForWaiting(most, free -> gate.admits(channel.code(), free));
    }

    /** Places that were taken for work that there was not. */
    void giveBackUnused(String channel, int places) {
        giveBack(channel, places);
        gate.giveBack(channel, places);
    }

    void giveBack(String channel, int places) {
        state(channel).giveBack(places);
    }

    /** Says whether the table may hold more due work of this channel than was just claimed. */
    void backlog(Channel channel, boolean more) {
        state(channel.code()).backlog(more);
    }

    /** So many attempts have been made, whatever has come of them: how fast the channel is bounds what is held for it. */
    void made(String channel, int attempts) {
        state(channel).made(attempts);
    }

    /** Whether the table may hold due work of any channel, as far as this node knows. */
    boolean hasBacklog() {
        return channels.values().stream().anyMatch(State::hasBacklog);
    }

    private State state(String channel) {
        return channels.computeIfAbsent(channel, code -> {
            ChannelLimit limit = limits.of(code);
            return limit == null
                    ? new State(usual, null)
                    : new State(limit.inMemory(), new Tempo(limit, lease, System::nanoTime));
        });
    }

    private static final class State {
        private final int size;
        private final @Nullable Tempo tempo;
        private int held;
        private boolean backlog = true; // what an earlier run left behind goes first

        State(int size, @Nullable Tempo tempo) {
            this.size = size;
            this.tempo = tempo;
        }

        private int free() {
            int most = tempo == null ? size : Math.min(size, tempo.mayHold());
            return Math.max(0, most - held);
        }

        private void hold(int places) {
            held = Math.max(0, held + places);
            if (tempo != null) {
                tempo.holds(held);
            }
        }

        synchronized boolean takeForNew(BooleanSupplier admitted, Runnable whenBacklogBegins) {
            if (backlog) {
                return false;
            }
            if (free() == 0 || !admitted.getAsBoolean()) {
                backlog = true;
                whenBacklogBegins.run();
                return false;
            }
            hold(1);
            return true;
        }

        synchronized int takeForWaiting(int most, IntUnaryOperator admitted) {
            int taken = admitted.applyAsInt(Math.min(free(), most));
            hold(taken);
            return taken;
        }

        synchronized void giveBack(int places) {
            hold(-places);
        }

        synchronized void made(int attempts) {
            if (tempo != null) {
                tempo.made(attempts);
            }
        }

        synchronized boolean hasBacklog() {
            return backlog;
        }

        synchronized void backlog(boolean more) {
            backlog = more;
        }
    }
}
