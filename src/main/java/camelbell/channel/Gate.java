package camelbell.channel;

import camelbell.model.ChannelGate;
import org.springframework.stereotype.Component;

/** What may be handed over to a channel: as its breaker and its pace say. */
@Component("channelGate")
class Gate implements ChannelGate {

    private final Breakers breakers;
    private final Paces paces;

    Gate(Breakers breakers, Paces paces) {
        this.breakers = breakers;
        this.paces = paces;
    }

    @Override
    public boolean admitsNew(String channel) {
        return breakers.isClosed(channel) && paces.of(channel).take(1) == 1;
    }

    @Override
    public int admits(String channel, int most) {
        return paces.of(channel).take(breakers.admits(channel, most));
    }

    @Override
    public void giveBack(String channel, int unused) {
        paces.of(channel).giveBack(unused);
    }

    @Override
    public String state(String channel) {
        return breakers.state(channel);
    }

    @Override
    public String reason(String channel) {
        return breakers.reason(channel);
    }
}
