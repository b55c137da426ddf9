package camelbell.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpBodiesTest {

    private final HttpBodies bodies = new HttpBodies();

    @Test
    void a_form_keeps_every_text_in_its_field() {
        assertThat(bodies.form(Map.of("To", "+1&From=evil", "Body", "a=b\r\nümlaut 100%")))
                .isEqualTo(new HttpBody(
                        "application/x-www-form-urlencoded",
                        "Body=a%3Db%0D%0A%C3%BCmlaut+100%25&To=%2B1%26From%3Devil"));
    }

    @Test
    void json_opens_an_object_at_each_dot_and_leaves_numbers_and_truth_values_alone() throws Exception {
        assertThat(bodies.json(Map.of(
                                "data.ticket.id",
                                7L,
                                "data.open",
                                true,
                                "at",
                                Instant.EPOCH,
                                "text",
                                "\"},{\"x\":\"\u2028"))
                        .text())
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"data\":{\"open\":true,\"ticket\":{\"id\":7}},"
                        + "\"text\":\"\\\"},{\\\"x\\\":\\\"\u2028\"}");
    }

    @Test
    void a_name_that_is_a_value_and_an_object_is_a_mistake() {
        assertThatThrownBy(() -> bodies.json(Map.of("data", "x", "data.ticket", "y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("variable data.ticket is a value and an object at once");
    }
}
