package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.ADelivery;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.NotBegun;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Skipped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every channel must do: each delivery ends in exactly one attempt, whatever the provider does; and what is not
 * surely ours any more is given back unsent.
 */
public abstract class ChannelContract extends ChannelHub {

    protected ChannelContract(ScriptedProvider provider) {
        super(provider);
    }

    @Test
    void an_accepted_delivery_is_sent_and_known_by_the_providers_id() {
        DeliveryOutcome outcome = outcomeOf(provider.delivery().delivery());

        assertThat(outcome).isInstanceOf(Sent.class);
        assertThat(((Sent) outcome).providerId()).isNotBlank();
        assertThat(provider.received()).isEqualTo(1);
    }

    @Test
    void a_refusal_for_now_is_tried_again() {
        provider.refusesForNow();
        assertThat(outcomeOf(provider.delivery().delivery()))
                .isInstanceOfAny(FailedForNow.class, Throttled.class, Unavailable.class);
    }

    @Test
    void a_refusal_for_good_is_not() {
        provider.refusesForGood();
        assertThat(outcomeOf(provider.delivery().delivery())).isInstanceOf(FailedForGood.class);
    }

    @Test
    void a_connection_lost_before_the_answer_leaves_the_outcome_unknown() {
        provider.hangsUp();
        assertThat(outcomeOf(provider.delivery().delivery())).isInstanceOf(Unknown.class);
    }

    @Test
    void an_unusable_address_fails_for_good_and_sends_nothing() {
        for (String address : provider.unusableAddresses()) {
            assertThat(outcomeOf(provider.delivery()
                            .to(ADelivery.readerAt(provider.addressField(), address))
                            .delivery()))
                    .as(address)
                    .isEqualTo(new FailedForGood("INVALID_ADDRESS"));
        }
        assertThat(provider.received()).isZero();
    }

    @Test
    void a_fault_of_ours_is_an_attempt_too() {
        assertThat(outcomeOf(provider.faulty())).isEqualTo(new FailedForNow(provider.fault(), null));
    }

    @Test
    void a_lease_that_may_run_out_is_given_back_unsent() {
        Delivery late =
                provider.delivery().leasedUntil(Instant.now().plusSeconds(19)).delivery();

        assertThat(outcomeOf(late)).isEqualTo(new NotBegun("LEASE NEARLY OVER", Duration.ofSeconds(1)));
        assertThat(provider.received()).isZero();
    }

    @Test
    void who_has_opted_out_since_it_was_planned_is_sent_nothing() {
        assertThat(outcomeOf(
                        provider.delivery().to(ADelivery.readerWhoOptedOut()).delivery()))
                .isEqualTo(new Skipped("OPTED_OUT"));
        assertThat(provider.received()).isZero();
    }

    @Test
    void many_deliveries_end_once_each() {
        List<Delivery> deliveries =
                LongStream.range(0, 200).mapToObj(provider.delivery()::delivery).toList();
        deliveries.forEach(one -> send(one, Map.of()));

        await().until(() -> ends.settled().size() >= 200);
        assertThat(ends.settled()).extracting(Attempt::delivery).containsExactlyInAnyOrderElementsOf(deliveries);
        assertThat(ends.settled()).extracting(Attempt::outcome).hasOnlyElementsOfType(Sent.class);
        assertThat(provider.received()).isEqualTo(200);
    }

    @Test
    void headers_from_outside_change_nothing() {
        Map<String, Object> hostile = new HashMap<>();
        for (String name :
                List.of("mail.smtp.host", "To", "Bcc", "Subject", "CamelHttpUri", "CamelHttpPath", "X-Evil")) {
            hostile.put(name, "evil@127.0.0.1:1/evil");
        }
        send(provider.delivery().delivery(), hostile);

        assertThat(outcome()).isInstanceOf(Sent.class);
        assertThat(provider.received()).isEqualTo(1);
        assertThat(provider.lastReceived()).doesNotContainIgnoringCase("evil");
    }
}
