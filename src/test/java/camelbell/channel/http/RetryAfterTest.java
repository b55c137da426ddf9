package camelbell.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "37",
                " 37 ",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void seconds_and_each_of_the_three_forms_of_a_date_are_read(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofSeconds(37));
    }

    @Test
    void a_day_of_two_digits_is_read_in_the_oldest_form() {
        assertThat(RetryAfter.parse("Wed Nov 16 08:49:37 1994", Instant.parse("1994-11-16T08:49:00Z")))
                .isEqualTo(Duration.ofSeconds(37));
    }

    @Test
    void a_year_of_two_digits_is_the_next_centurys_within_fifty_years_and_else_past() {
        Instant newYearsEve = Instant.parse("1999-12-31T23:59:50Z");

        assertThat(RetryAfter.parse("Saturday, 01-Jan-00 00:00:00 GMT", newYearsEve))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(RetryAfter.parse("Friday, 01-Jan-49 00:00:00 GMT", newYearsEve))
                .as("2049, cut to the longest")
                .isEqualTo(Duration.ofDays(1));
        assertThat(RetryAfter.parse("Sunday, 01-Jan-50 00:00:00 GMT", newYearsEve))
                .as("1950, past")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1",
                "1.5",
                "Sun, 06 Nov 1994 08:48:59 GMT",
                "Sunday, 06-Nov-94 08:48:59 GMT",
                "Sun Nov  6 08:48:59 1994",
                "Monday, 06-Nov-94 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sun Nov 31 08:49:37 1994",
                "1994-11-06T08:49:37Z"
            })
    void what_is_past_or_makes_no_sense_says_nothing(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }

    @Test
    void none_says_nothing_and_nothing_is_longer_than_a_day() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
        assertThat(RetryAfter.parse("999999999", NOW)).isEqualTo(Duration.ofDays(1));
        assertThat(RetryAfter.parse("Fri, 31 Dec 9999 23:59:59 GMT", NOW)).isEqualTo(Duration.ofDays(1));
    }
}
