package camelbell.store;

import camelbell.model.ChannelGate;

/** Whose channels take whatever comes. */
final class OpenGate implements ChannelGate {

    @Override
    public boolean admitsNew(String channel) {
        return true;
    }

    @Override
    public int admits(String channel, int most) {
        return most;
    }

    @Override
    public void giveBack(String channel, int unused) {}

    @Override
    public String state(String channel) {
        return "closed";
    }

    @Override
    public String reason(String channel) {
        return "";
    }
}
