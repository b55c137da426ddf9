package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.channel.ChannelApplication.Ends;
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
import camelbell.model.Dispatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

/**
 * What every channel must do: each delivery ends in exactly one attempt, whatever the provider does; and what is not
 * surely ours any more is given back unsent. A channel's test extends this and says how its provider behaves.
 */
@SpringBootTest(
        classes = ChannelApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "camel.main.routes-include-pattern=file:routes/00-*.camel.yaml,file:routes/50-*.camel.yaml,"
                    + "file:routes/51-*.camel.yaml",
            "camelbell.routes=file:routes",
            "camelbell.mail.read-timeout=1500ms",
            "camelbell.mail.connect-timeout=1500ms",
            "camelbell.mail.attempt-timeout=3s",
            "camelbell.whatsapp.response-timeout=1500ms",
            "camelbell.whatsapp.attempt-timeout=3s"
        })
@DirtiesContext
abstract class ChannelContract {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private ProducerTemplate camel;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private Ends ends;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private Breakers breakers;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private Paces paces;

    /** A delivery that the provider would take. */
    abstract ADelivery delivery();

    /** The directory field with the address, and addresses that can never be sent to. */
    abstract String addressField();

    abstract List<String> unusableAddresses();

    abstract void providerAccepts();

    abstract void providerRefusesForNow();

    abstract void providerRefusesForGood();

    abstract void providerIsSilent();

    abstract void providerDrips();

    abstract void providerHangsUp();

    /** Messages that have reached the provider. */
    abstract long received();

    @BeforeEach
    void anew() {
        providerAccepts();
        ends.settled().clear();
        ends.released().clear();
        forget();
    }

    @Test
    void an_accepted_delivery_is_sent_and_known_by_the_providers_id() {
        DeliveryOutcome outcome = outcomeOf(delivery().delivery());

        assertThat(outcome).isInstanceOf(Sent.class);
        assertThat(((Sent) outcome).providerId()).isNotBlank();
        assertThat(received()).isEqualTo(1);
    }

    @Test
    void a_refusal_for_now_is_tried_again() {
        providerRefusesForNow();
        assertThat(outcomeOf(delivery().delivery()))
                .isInstanceOfAny(FailedForNow.class, Throttled.class, Unavailable.class);
    }

    @Test
    void a_refusal_for_good_is_not() {
        providerRefusesForGood();
        assertThat(outcomeOf(delivery().delivery())).isInstanceOf(FailedForGood.class);
    }

    @Test
    void a_silent_provider_costs_one_attempt_and_no_thread() {
        providerIsSilent();
        assertThat(outcomeOf(delivery().delivery())).isInstanceOf(Unknown.class);
    }

    @Test
    void a_provider_that_drips_is_cut_off_when_the_attempt_has_taken_too_long() {
        providerDrips();
        long begun = System.nanoTime();
        assertThat(outcomeOf(delivery().delivery())).isInstanceOf(Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void a_connection_lost_before_the_answer_leaves_the_outcome_unknown() {
        providerHangsUp();
        assertThat(outcomeOf(delivery().delivery())).isInstanceOf(Unknown.class);
    }

    @Test
    void an_unusable_address_fails_for_good_and_sends_nothing() {
        for (String address : unusableAddresses()) {
            assertThat(outcomeOf(delivery()
                            .to(ADelivery.readerAt(addressField(), address))
                            .delivery()))
                    .as(address)
                    .isEqualTo(new FailedForGood("INVALID_ADDRESS"));
        }
        assertThat(received()).isZero();
    }

    @Test
    void a_fault_of_ours_is_an_attempt_too() {
        assertThat(outcomeOf(delivery().of("no_such_event").delivery()))
                .isEqualTo(new FailedForNow("UNEXPECTED IllegalArgumentException", null));
    }

    @Test
    void a_lease_that_may_run_out_is_given_back_unsent() {
        Delivery late = delivery().leasedUntil(Instant.now().plusMillis(2900)).delivery();

        assertThat(outcomeOf(late)).isEqualTo(new NotBegun("LEASE NEARLY OVER", Duration.ZERO));
        assertThat(received()).isZero();
    }

    @Test
    void who_has_opted_out_since_it_was_planned_is_sent_nothing() {
        assertThat(outcomeOf(delivery().to(ADelivery.readerWhoOptedOut()).delivery()))
                .isEqualTo(new Skipped("OPTED_OUT"));
        assertThat(received()).isZero();
    }

    @Test
    void many_deliveries_end_once_each() {
        List<Delivery> deliveries =
                LongStream.range(0, 200).mapToObj(delivery()::delivery).toList();
        deliveries.forEach(one -> send(one, Map.of()));

        await().atMost(SOON).until(() -> ends.settled().size() >= 200);
        assertThat(ends.settled()).extracting(Attempt::delivery).containsExactlyInAnyOrderElementsOf(deliveries);
        assertThat(ends.settled()).extracting(Attempt::outcome).hasOnlyElementsOfType(Sent.class);
        assertThat(received()).isEqualTo(200);
    }

    @Test
    void headers_from_outside_change_nothing() {
        Map<String, Object> hostile = new HashMap<>();
        for (String name :
                List.of("mail.smtp.host", "To", "Bcc", "Subject", "CamelHttpUri", "CamelHttpPath", "X-Evil")) {
            hostile.put(name, "evil@127.0.0.1:1/evil");
        }
        send(delivery().delivery(), hostile);

        assertThat(outcome()).isInstanceOf(Sent.class);
        assertThat(received()).isEqualTo(1);
        assertThat(lastReceived()).doesNotContainIgnoringCase("evil");
    }

    /** The newest message, headers included, as the provider got it. */
    abstract String lastReceived();

    /** Of this attempt alone: nothing before it has closed or slowed the channel. */
    final DeliveryOutcome outcomeOf(Delivery delivery) {
        forget();
        send(delivery, Map.of());
        return outcome();
    }

    private void forget() {
        breakers.close();
        paces.forget();
    }

    private DeliveryOutcome outcome() {
        try {
            Attempt attempt = ends.settled().poll(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(attempt).as("an attempt within " + SOON).isNotNull();
            assertThat(ends.settled()).as("one attempt only").isEmpty();
            return attempt.outcome();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void send(Delivery delivery, Map<String, Object> headers) {
        camel.sendBodyAndHeaders(delivery.channel().endpoint(), new Dispatch(List.of(delivery)), headers);
    }
}
