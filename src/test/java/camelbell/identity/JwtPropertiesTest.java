package camelbell.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.StartRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class JwtPropertiesTest {

    /** Of a start; hubs of other tests may print traces of their own meanwhile. */
    private static final String TRACE = "\tat org.springframework.boot.SpringApplication";

    private static final String UNNAMED = "camelbell.jwt.issuer or camelbell.jwt.audience is empty";
    private static final Duration DAY = Duration.ofHours(24);
    private static final String GOOD = "0123456789abcdef0123456789abcdef";

    @Test
    void a_secret_is_measured_in_bytes() {
        assertThatCode(() -> jwt(List.of("ä".repeat(16)), "", 2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> jwt(List.of(GOOD, "ä".repeat(15)), "", 2))
                .isInstanceOf(StartRefused.class)
                .hasMessage("camelbell.jwt.secrets: number 2 is 30 bytes long, HS256 needs at least 32: set a longer"
                        + " one.");
    }

    @Test
    void one_family_of_tokens_is_believed() {
        assertThatThrownBy(() -> jwt(List.of(), "", 2)).hasMessageContaining("are both empty");
        assertThatThrownBy(() -> jwt(List.of(GOOD), "https://issuer/jwks", 2)).hasMessageContaining("are both set");
        assertThatCode(() -> jwt(List.of(), "https://issuer/jwks", 2)).doesNotThrowAnyException();
    }

    @Test
    void the_leeway_is_5_seconds_at_most() {
        assertThatCode(() -> jwt(List.of(GOOD), "", 5)).doesNotThrowAnyException();
        assertThatThrownBy(() -> jwt(List.of(GOOD), "", 6))
                .hasMessage("camelbell.jwt.leeway is PT6S: set it between 0s and 5s.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9M", "PT24H1S", "PT0S", "PT-1H"})
    void a_key_set_is_believed_for_a_day_at_most_and_not_for_less_than_it_is_fresh(Duration keep) {
        assertThatThrownBy(() -> new JwtProperties(List.of(GOOD), "", "", "", Duration.ZERO, keep))
                .hasMessage("camelbell.jwt.jwks-keep is " + keep + ": set it between 10m and 24h.");
    }

    @Test
    void a_hub_without_secrets_says_so_in_one_sentence(CapturedOutput output) {
        SpringApplication hub = new SpringApplicationBuilder(OnlyJwt.class)
                .web(WebApplicationType.NONE)
                .build();
        assertThatThrownBy(() -> hub.run("--camelbell.jwt.secrets=")).isInstanceOf(Exception.class);
        assertThat(output)
                .contains("camelbell.jwt.secrets and camelbell.jwt.jwks-uri are both empty")
                .doesNotContain(TRACE);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "https://issuer,''", "'',hub"})
    void a_key_set_whose_tokens_may_be_meant_for_others_is_warned_of(
            String issuer, String audience, CapturedOutput output) {
        signatures(issuer, audience);
        assertThat(output).containsOnlyOnce(UNNAMED);
    }

    @Test
    void a_key_set_whose_issuer_and_audience_are_named_is_not_warned_of(CapturedOutput output) {
        signatures("https://issuer", "hub");
        assertThat(output).doesNotContain(UNNAMED);
    }

    private static void signatures(String issuer, String audience) {
        new TokenSignatures(
                properties(issuer, audience), new KeySetEndpoint(properties(issuer, audience), Clock.systemUTC()));
    }

    private static JwtProperties jwt(List<String> secrets, String jwks, int leeway) {
        return new JwtProperties(secrets, jwks, "", "", Duration.ofSeconds(leeway), DAY);
    }

    private static JwtProperties properties(String issuer, String audience) {
        return new JwtProperties(List.of(), "https://issuer/jwks", issuer, audience, Duration.ofSeconds(2), DAY);
    }

    @EnableConfigurationProperties(JwtProperties.class)
    static class OnlyJwt {}
}
