package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.ChannelGate;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.springframework.stereotype.Component;

/**
 * How many more deliveries of each channel this node may hold in memory. New work is taken only while nothing older
 * waits in the table, so that a channel's backlog leaves it in order, and as far as the channel admits it.
 */
@Component
class ChannelCapacity {

    private final int usual;
    private final ChannelLimits limits;
    private final ChannelGate gate;
    private final Map<String, State> channels = new ConcurrentHashMap<>();

    ChannelCapacity(DeliveryProperties properties, ChannelLimits limits, ChannelGate gate) {
        this.gate = gate;
        this.limits = limits;
        this.usual = properties.inMemory();
    }

    /** Takes one place for new work; false when there is none, or older work goes first. */
    boolean takeForNew(Channel channel) {
        return state(channel.code()).takeForNew(() -> gate.admitsNew(channel.code()));
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

    private State state(String channel) {
        return channels.computeIfAbsent(channel, code -> new State(size(code)));
    }

    private int size(String channel) {
        ChannelLimit limit = limits.of(channel);
        return limit == null ? usual : limit.inMemory();
    }

    private static final class State {
        private final int size;
        private int free;
        private boolean backlog = true; // what an earlier run left behind goes first

        State(int size) {
            this.size = size;
            this.free = size;
        }

        synchronized boolean takeForNew(BooleanSupplier admitted) {
            if (backlog || free == 0 || !admitted.getAsBoolean()) {
                backlog = true;
                return false;
            }
            free--;
            return true;
        }

        synchronized int takeForWaiting(int most, IntUnaryOperator admitted) {
            int taken = admitted.applyAsInt(Math.min(free, most));
            free -= taken;
            return taken;
        }

        synchronized void giveBack(int places) {
            free = Math.min(size, free + places);
        }

        synchronized void backlog(boolean more) {
            backlog = more;
        }
    }
}
