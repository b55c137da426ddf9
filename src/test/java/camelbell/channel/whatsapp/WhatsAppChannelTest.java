package camelbell.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.channel.ChannelContract;
import camelbell.channel.PhoneNumbers;
import camelbell.channel.UnusableAddressException;
import camelbell.dev.CloudApiDouble;
import camelbell.model.ADelivery;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Throttled;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class WhatsAppChannelTest extends ChannelContract {

    private static final WhatsAppProvider PROVIDER = new WhatsAppProvider();
    private static final CloudApiDouble CLOUD = PROVIDER.cloud;

    WhatsAppChannelTest() {
        super(PROVIDER);
    }

    @DynamicPropertySource
    static void cloud(DynamicPropertyRegistry registry) {
        PROVIDER.tell(registry);
    }

    @Test
    void a_request_is_marked_with_the_notification_and_addressed_in_digits() {
        outcomeOf(PROVIDER.delivery()
                .to(ADelivery.readerAt("whatsapp_number", "+1 (415) 555-0123"))
                .delivery());

        assertThat(PROVIDER.lastReceived())
                .contains(
                        "\"to\":\"14155550123\"",
                        "\"biz_opaque_callback_data\":\"4711/0123456789abcdef\"",
                        "\"type\":\"template\"");
    }

    @Test
    void the_code_decides_and_a_429_waits_as_long_as_the_provider_asks() {
        CLOUD.script(Map.of("status", 429, "code", 130429, "headers", Map.of("Retry-After", "3600")));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Slowed("META 130429", Duration.ofHours(1)));
        CLOUD.script(Map.of("status", 400, "code", 131056));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Throttled("META 131056", null));
        CLOUD.script(Map.of("status", 500, "code", 132001));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 132001"));
        CLOUD.script(Map.of("status", 401, "code", 190));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Stopped("META 190"));
        CLOUD.script(Map.of("status", 400, "code", 131049));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 131049"));
    }

    @Test
    void a_template_that_is_refused_for_the_window_is_not_sent_a_second_time() {
        CLOUD.script(Map.of("code", 131047, "times", 2));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 131047"));
        assertThat(CLOUD.counts().requests()).isEqualTo(1);
    }

    @Test
    void without_a_code_the_status_decides() {
        CLOUD.script(Map.of("status", 502));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unavailable("HTTP 502", null));
        CLOUD.script(Map.of("status", 400));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("HTTP 400"));
        CLOUD.script(Map.of("status", 429));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Slowed("HTTP 429", null));
    }

    /** Meta's 100 with subcode 33 says that our number is not there for this token; so does its 404. */
    @Test
    void what_is_about_our_number_stops_the_channel_and_the_message_waits() {
        Map<Map<String, Object>, String> answers = Map.of(
                error(400, Map.of("code", 100, "error_subcode", 33, "type", "GraphMethodException")), "META 100/33",
                error(400, Map.of("code", 131037)), "META 131037",
                error(404, Map.of()), "HTTP 404",
                Map.of("status", 404, "body", Map.of()), "HTTP 404",
                Map.of("status", 404), "HTTP 404");
        answers.forEach((answer, reason) -> {
            CLOUD.script(answer);
            assertThat(outcomeOf(PROVIDER.delivery().delivery())).as(reason).isEqualTo(new Stopped(reason));
        });
    }

    @Test
    void a_subcode_without_an_entry_of_its_own_says_no_more_than_its_code() {
        CLOUD.script(error(400, Map.of("code", 100, "error_subcode", 2_494_010)));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 100"));
        CLOUD.script(error(400, Map.of("code", 100, "error_subcode", "33")));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("META 100"));
    }

    private static Map<String, Object> error(int status, Map<String, Object> error) {
        return Map.of("status", status, "body", Map.of("error", error));
    }

    @ParameterizedTest
    @CsvSource({
        "+52 1 55 1234 5678, '', 525512345678",
        "5215512345678, '', 525512345678",
        "+52 55 1234 5678, '', 525512345678",
        "+52-1-800-123-4567, '', 528001234567",
        "55 1234 5678, MX, 525512345678",
        "1 55 1234 5678, MX, 525512345678",
        "\u202a+44 7700 900123\u202c, '', 447700900123",
        "+44 7700\u2011900123, '', 447700900123",
        "+44\u00a07700\u2009900\u2013123, '', 447700900123",
        "\uff0b44 7700 900123, '', 447700900123",
        "\uff0b\uff14\uff14\uff0d7700\u3000900123, '', 447700900123",
        "+\u0664\u0664 \u0667\u0667\u0660\u0660 900123, '', 447700900123",
        "+44\u200b7700\u00ad900\ufeff123, '', 447700900123",
        "+44 7700 \u2212 900123, '', 447700900123",
        "tel:+44-7700-900123, '', 447700900123",
        "TEL: +447700900123, '', 447700900123",
        "whatsapp:+447700900123, '', 447700900123",
        "00447700900123, '', 447700900123",
        "+54 9 11 2345 6789, '', 5491123456789",
        "+55 11 98765 4321, '', 5511987654321"
    })
    void a_number_has_one_spelling_however_it_is_written(String written, String region, String digits) {
        assertThat(PhoneNumbers.digits(written, region)).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tel:",
                "tel:+44-7700-900123;ext=12",
                "mailto:+447700900123",
                "+52 1 1 55 1234 5678",
                "+44 7700 9O0123",
                "+44 7700 900123\u0007",
                "++447700900123"
            })
    void what_is_no_number_is_refused(String written) {
        assertThatThrownBy(() -> PhoneNumbers.digits(written, "")).isInstanceOf(UnusableAddressException.class);
    }

    @Test
    void a_redirect_is_not_followed() {
        CLOUD.script(Map.of("status", 302, "headers", Map.of("Location", CLOUD.baseUrl() + "/v23.0/4242/messages")));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForNow("HTTP 302", null));
        assertThat(CLOUD.counts().requests()).isEqualTo(1);
    }

    @Test
    void a_refusal_is_one_request_and_never_a_hidden_second() {
        CLOUD.script(Map.of("status", 503, "headers", Map.of("Retry-After", "1"), "times", 1));
        assertThat(outcomeOf(PROVIDER.delivery().delivery()))
                .isEqualTo(new Unavailable("HTTP 503", Duration.ofSeconds(1)));
        assertThat(CLOUD.counts().requests()).isEqualTo(1);
    }

    @Test
    void an_acceptance_without_an_id_is_an_unknown_outcome() {
        CLOUD.script(Map.of("status", 200, "body", Map.of("messages", List.of())));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP BAD ANSWER"));
        CLOUD.script(Map.of("status", 200));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP BAD ANSWER"));
    }

    @Test
    void an_acceptance_with_an_id_that_no_database_could_keep_is_an_unknown_outcome() {
        for (String id : List.of("wamid.\0", "x".repeat(513))) {
            CLOUD.script(Map.of("status", 200, "body", Map.of("messages", List.of(Map.of("id", id)))));
            assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP BAD ANSWER"));
        }
        String longest = "x".repeat(512);
        CLOUD.script(Map.of("status", 200, "body", Map.of("messages", List.of(Map.of("id", longest)))));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Sent(longest));
    }

    @Test
    void an_answer_without_end_is_not_read() {
        CLOUD.script(Map.of("status", 200, "body", Map.of("junk", "x".repeat(1_000_000))));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unknown("HTTP NO ANSWER"));
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isInstanceOf(Sent.class);
    }
}
