package camelbell.store;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.ADelivery;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelCapacityTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final DeliveryProperties properties = new DeliveryProperties(
            Duration.ofMinutes(1), 4000, 10, 5000, Duration.ofSeconds(2), Duration.ofMinutes(10));
    private final AtomicReference<ChannelLimit> limit = new AtomicReference<>(new ChannelLimit(8, 10, SECOND));

    private final ChannelLimits limits = new ChannelLimits() {
        @Override
        public void mustSuffice(String channel, ChannelLimit one) {}

        @Override
        public void set(String channel, ChannelLimit one) {
            limit.set(one);
        }

        @Override
        public @Nullable ChannelLimit of(String channel) {
            return limit.get();
        }
    };

    private final ChannelCapacity capacity = new ChannelCapacity(properties, limits, new OpenGate());

    @Test
    void a_smaller_queue_of_a_saved_route_file_is_not_filled_by_the_size_of_before() {
        capacity.backlog(ADelivery.EMAIL, false);
        assertThat(taken()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            capacity.giveBack("EMAIL", 1);
        }
        limits.set("EMAIL", new ChannelLimit(8, 3, SECOND));
        capacity.backlog(ADelivery.EMAIL, false);
        assertThat(taken()).isEqualTo(3);
        limits.set("EMAIL", new ChannelLimit(8, 5, SECOND));
        capacity.backlog(ADelivery.EMAIL, false);
        assertThat(taken()).as("two more, beside those that are held").isEqualTo(2);
    }

    private int taken() {
        int taken = 0;
        while (capacity.takeForNew(ADelivery.EMAIL)) {
            taken++;
        }
        return taken;
    }
}
