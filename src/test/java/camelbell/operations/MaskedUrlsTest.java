package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedUrlsTest {

    @Test
    void a_record_keeps_the_host_of_a_url_and_all_that_is_none() {
        assertThat(
                        masked(
                                "{\"id\":3, \"a\":\"https://hooks.slack.com/T0/oneSecret\", \"b\":[\"HTTPS://u:p@h.example:8443?q\"]}"))
                .isEqualTo(
                        "{\"id\":3,\"a\":\"https://hooks.slack.com/<hidden>\",\"b\":[\"HTTPS://h.example/<hidden>\"]}");
        assertThat(masked("{ \"id\" : 3, \"name\" : \"Ann\" }")).isEqualTo("{ \"id\" : 3, \"name\" : \"Ann\" }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"https://h/hook/a'SECRET\"}",
                "{\"a\":\"https:\\u002f\\u002fh/SECRET\"}",
                "{\"a\":\"https://u:PA\\u0026SECRET@h\"}",
                "{\"a\":\"https://u:pa@SECRET@h\"}",
                "{\"a\":{\"b\":[\"https:\\/\\/h\\/SECRET\"]}}",
                "{\"a\":\"https://h/SECRET\",\"a\":\"https://h/SECRET\"}",
                "{\"a\":\"https://h/a'SECRET",
                "{\"a\":\"https:\\/\\/h\\/SECRET",
                "{\"a\":\"https:\\\\/\\\\/h\\\\/SECRET",
                "{\"a\":\"https\\u003A\\u002F\\u002Fu:pa@SECRET@h",
                "a HTTP://h/SECRET",
            })
    void no_spelling_of_a_url_shows_its_secret_in_a_record_or_in_what_is_none(String value) {
        assertThat(masked(value)).doesNotContain("SECRET").contains("<hidden>");
    }

    @Test
    void bytes_that_are_no_text_stay_beside_a_url() {
        byte[] value = {(byte) 0xC3, 'h', 't', 't', 'p', ':', '/', '/', 'x', ' ', (byte) 0xFF};

        assertThat(MaskedUrls.in(value)).startsWith((byte) 0xC3, (byte) '<').endsWith((byte) ' ', (byte) 0xFF);
    }

    private static String masked(String value) {
        return new String(MaskedUrls.in(value.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
