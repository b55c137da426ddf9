package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.ChannelGate;
import camelbell.model.Current;
import camelbell.model.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Each channel's breaker, backlog and oldest delivery. Always up: a provider that is away is not the hub's illness. */
@Component("channels")
class ChannelsHealth implements HealthIndicator {

    private final Current<Policy> policy;
    private final ChannelGate gate;
    private final Backlog backlog;

    ChannelsHealth(Current<Policy> policy, ChannelGate gate, Backlog backlog) {
        this.policy = policy;
        this.gate = gate;
        this.backlog = backlog;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        for (Channel channel : policy.now().channels().values()) {
            if (!channel.inbox()) {
                health.withDetail(channel.code(), detail(channel.code()));
            }
        }
        return health.build();
    }

    private Map<String, Object> detail(String channel) {
        Backlog.Waiting waiting = backlog.of(channel);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("breaker", gate.state(channel));
        String reason = gate.reason(channel);
        if (!reason.isEmpty()) {
            detail.put("reason", reason);
        }
        detail.put("pending", number(waiting.pending()));
        detail.put("due", number(waiting.due()));
        detail.put("oldest_seconds", number(waiting.oldest()));
        detail.put("unknown", number(waiting.unknown()));
        return detail;
    }

    private static Object number(double value) {
        return Double.isNaN(value) ? "not known" : (Object) (long) value;
    }
}
