package camelbell.channel;

import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.RetryPolicies;
import camelbell.model.RetryPolicy;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How fast this node sends over each channel, and to each person over it. */
@Component("paces")
class Paces {

    private static final Logger LOG = LoggerFactory.getLogger(Paces.class);

    private final Current<RetriesFile> file;
    private final Current<RetryPolicies> retries;
    private final Map<String, ChannelPace> channels = new ConcurrentHashMap<>();
    private final Map<String, RecipientPace> recipients = new ConcurrentHashMap<>();

    Paces(Current<RetriesFile> file, Current<RetryPolicies> retries) {
        this.file = file;
        this.retries = retries;
        file.whenReplaced(this::follow);
    }

    ChannelPace of(String channel) {
        return channels.computeIfAbsent(
                channel, code -> new ChannelPace(file.now().rates().get(code), TimeMeter.SYSTEM_NANOTIME));
    }

    /** Zero when the message may go to its reader now, otherwise how long it has to wait. */
    Duration waitFor(Delivery delivery) {
        return recipients(delivery).waitFor(delivery.recipient().id());
    }

    /** Learns what the provider wants from how an attempt ended. */
    void record(Delivery delivery, DeliveryOutcome outcome) {
        RetryPolicy policy = retries.now().of(delivery.channel());
        if (outcome instanceof Slowed slowed) {
            String channel = delivery.channel().code();
            if (of(channel).slow(slowed.notBefore() == null ? null : policy.kept(slowed.notBefore(), 1))) {
                LOG.info("channel slowed channel={} reason={}; it pauses and goes on slower", channel, slowed.reason());
            }
        } else if (outcome instanceof Throttled throttled) {
            recipients(delivery)
                    .hold(delivery.recipient().id(), hold(policy, throttled.notBefore(), delivery.attempt()));
        }
    }

    /** A channel whose rate is another one begins with it; the others go on as they were. */
    private void follow(RetriesFile before, RetriesFile table) {
        channels.keySet()
                .removeIf(code ->
                        !Objects.equals(before.rates().get(code), table.rates().get(code)));
        recipients
                .keySet()
                .removeIf(code -> !Objects.equals(
                        before.recipientRates().get(code),
                        table.recipientRates().get(code)));
    }

    /** Forgets what has been, as after a start. */
    void forget() {
        channels.clear();
        recipients.clear();
    }

    private static Duration hold(RetryPolicy policy, @Nullable Duration wish, int attempt) {
        return wish == null ? policy.waitAfter(attempt) : policy.kept(wish, attempt);
    }

    private RecipientPace recipients(Delivery delivery) {
        return recipients.computeIfAbsent(
                delivery.channel().code(),
                code -> new RecipientPace(file.now().recipientRates().get(code), TimeMeter.SYSTEM_NANOTIME));
    }
}
