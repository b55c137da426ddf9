package camelbell.store;

import static camelbell.model.ADelivery.WHATSAPP;
import static camelbell.model.ADelivery.aDelivery;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

class AttemptPlacesTest {

    private static final int MOST = 2;

    private final GenericApplicationContext context = new GenericApplicationContext();
    private final UnwrittenOutcomes places = new UnwrittenOutcomes(
            new DeliveryProperties(
                    Duration.ofMinutes(1), 10, MOST, 5000, Duration.ofSeconds(2), Duration.ofMinutes(10)),
            context);

    @Test
    void an_attempt_waits_until_the_outcome_of_another_one_of_its_channel_is_written() throws Exception {
        assertThat(places.take(mail(1))).isTrue();
        assertThat(places.take(mail(2))).isTrue();
        CompletableFuture<Boolean> third = CompletableFuture.supplyAsync(() -> places.take(mail(3)));
        places.add(new Attempt(mail(1), new Sent("id"), Instant.now()));
        assertThat(third).isNotDone();

        places.remove(mail(1));

        assertThat(third.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(places.notifications()).containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void a_channel_that_waits_holds_up_no_other() {
        places.take(mail(1));
        places.take(mail(2));
        assertThat(places.take(aDelivery().over(WHATSAPP).delivery(3))).isTrue();
    }

    @Test
    void what_had_no_place_gives_none_back() {
        places.add(new Attempt(mail(1), new Sent("id"), Instant.now()));
        assertThat(places.notifications()).containsExactly(1L);
        places.remove(mail(1));
        places.remove(mail(1));
        places.take(mail(2));
        places.take(mail(3));
        var unused = CompletableFuture.runAsync(
                () -> places.stop(new ContextClosedEvent(context)),
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        assertThat(places.take(mail(4))).isFalse();
    }

    @Test
    void a_hub_that_stops_waits_for_none() {
        places.stop(new ContextClosedEvent(context));
        assertThat(places.take(mail(1))).isFalse();
        assertThat(places.notifications()).isEmpty();
    }

    private static Delivery mail(long id) {
        return aDelivery().delivery(id);
    }
}
