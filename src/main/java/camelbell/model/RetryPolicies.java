package camelbell.model;

import java.util.HashMap;
import java.util.Map;

/** The retry policies of routes/retries.yaml, by channel code. */
public record RetryPolicies(Map<String, RetryPolicy> byChannel) implements Current<RetryPolicies> {

    public RetryPolicies {
        byChannel = Map.copyOf(byChannel);
    }

    @Override
    public RetryPolicies now() {
        return this;
    }

    /**
     * With what was said before of channels that are here no more: a delivery that was under way when its channel was taken
     * out still ends.
     */
    public RetryPolicies over(RetryPolicies before) {
        Map<String, RetryPolicy> all = new HashMap<>(before.byChannel);
        all.putAll(byChannel);
        return new RetryPolicies(all);
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
