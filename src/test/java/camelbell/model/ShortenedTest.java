package camelbell.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortenedTest {

    @Test
    void what_fits_stays_whole_counted_in_code_points() {
        String bells = "🔔".repeat(4096);
        assertThat(Shortened.to(bells, 4096)).isSameAs(bells);
        assertThat(Shortened.to("", 4096)).isEmpty();
    }

    @Test
    void what_does_not_fit_ends_with_an_ellipsis_within_the_bound() {
        assertThat(Shortened.to("x".repeat(250_000), 4096)).isEqualTo("x".repeat(4095) + "…");
        assertThat(Shortened.to("🔔".repeat(4097), 4096)).isEqualTo("🔔".repeat(4095) + "…");
    }

    /** The bound lies within the last character each time: a family, a flag, accents, a skin tone, Devanagari, CR LF. */
    @ParameterizedTest
    @CsvSource({
        "👩‍👩‍👧‍👦, 7",
        "🇳🇵, 2",
        "e\u0301\u0323, 3",
        "👍🏽, 2",
        "नि, 2",
        "'\r\n', 2",
        "❤️, 2",
        "\u1100\u1161\u11a8, 3"
    })
    void what_a_reader_takes_for_one_character_is_never_cut(String character, int codePoints) {
        String text = "ab" + character + character + "z";
        for (int most = 4; most < 2 + 2 * codePoints + 1; most++) {
            String cut = most - 1 < 2 + codePoints ? "ab" : "ab" + character;
            assertThat(Shortened.to(text, most)).as("of " + most).isEqualTo(cut + "…");
        }
    }

    @Test
    void a_character_that_alone_is_longer_than_the_bound_is_cut_between_code_points() {
        String tower = "e" + "\u0301".repeat(100_000);
        assertThat(Shortened.to(tower, 4096)).isEqualTo("e" + "\u0301".repeat(4094) + "…");
        assertThat(Shortened.to("🇳".repeat(100_000), 4096)).hasSizeLessThanOrEqualTo(2 * 4096);
    }
}
