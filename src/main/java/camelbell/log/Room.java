package camelbell.log;

import camelbell.model.Channel;
import camelbell.model.ChannelGate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * How many more deliveries of each channel this node may hold in memory. New work is taken only while nothing older
 * waits in the table, so that a channel's backlog leaves it in order, and while the channel's breaker is closed.
 */
@Component
class Room {

    private final int size;
    private final ChannelGate gate;
    private final Map<String, State> channels = new ConcurrentHashMap<>();

    Room(DeliveryProperties properties, ChannelGate gate) {
        this.gate = gate;
        this.size = properties.inMemory();
    }

    /** Takes one place for new work; false when there is none, or older work goes first. */
    boolean takeForNew(Channel channel) {
        boolean channelWorks = gate.admits(channel.code(), size) == size;
        return state(channel.code()).takeForNew(channelWorks);
    }

    /** Takes up to {@code most} places for work that waits in the table, and answers how many: none while the breaker is open. */
    int takeForWaiting(Channel channel, int most) {
        return state(channel.code()).takeForWaiting(gate.admits(channel.code(), most));
    }

    void giveBack(String channel, int places) {
        state(channel).giveBack(places);
    }

    /** Says whether the table may hold more due work of this channel than was just claimed. */
    void backlog(Channel channel, boolean more) {
        state(channel.code()).backlog(more);
    }

    private State state(String channel) {
        return channels.computeIfAbsent(channel, code -> new State(size));
    }

    private static final class State {
        private final int size;
        private int free;
        private boolean backlog = true; // what an earlier run left behind goes first

        State(int size) {
            this.size = size;
            this.free = size;
        }

        synchronized boolean takeForNew(boolean channelWorks) {
            if (backlog || free == 0 || !channelWorks) {
                backlog = true;
                return false;
            }
            free--;
            return true;
        }

        synchronized int takeForWaiting(int most) {
            int taken = Math.min(free, most);
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
