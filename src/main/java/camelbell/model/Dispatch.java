package camelbell.model;

import java.util.List;

/** All deliveries of one event to one person: what the recipient list copies to the channels. */
public record Dispatch(List<Delivery> deliveries) {

    public Dispatch {
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("a dispatch holds at least one delivery");
        }
        deliveries = List.copyOf(deliveries);
    }

    /** Coarse on purpose: Camel looks for a bean's methods by it at each expression, and it would hash all that is in here. */
    @Override
    public int hashCode() {
        return deliveries.get(0).hashCode();
    }

    /** The recipient list: one endpoint per channel. */
    public List<String> channelEndpoints() {
        return deliveries.stream()
                .map(delivery -> delivery.channel().endpoint())
                .toList();
    }

    /** The delivery for one channel, by its code. Called by each channel route on its own copy. */
    public Delivery over(String channel) {
        for (Delivery delivery : deliveries) {
            if (delivery.channel().code().equals(channel)) {
                return delivery;
            }
        }
        throw new IllegalArgumentException(
                "Dispatch of notification " + deliveries.get(0).notificationId() + " has no " + channel
                        + " delivery; check the channel's code in policy.yaml against its route");
    }
}
