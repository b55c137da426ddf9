package camelbell.model;

import java.util.Map;

/** The retry policies of routes/retries.yaml, by channel code. */
public record RetryPolicies(Map<String, RetryPolicy> byChannel) {

    public RetryPolicies {
        byChannel = Map.copyOf(byChannel);
    }

    public RetryPolicy of(Channel channel) {
        RetryPolicy policy = byChannel.get(channel.code());
        if (policy == null) {
            throw new IllegalArgumentException(
                    "retries.yaml has no channel " + channel.code() + ", but a delivery goes over it");
        }
        return policy;
    }
}
