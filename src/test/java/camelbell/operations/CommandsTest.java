package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String SECRETS = "camelbell.jwt.secrets";

    @AfterEach
    void forgetSecrets() {
        System.clearProperty(SECRETS);
    }

    @Test
    void the_hub_runs_without_arguments_and_with_settings_and_a_word_is_a_command() {
        assertThat(Typed.COMMANDS.understand()).isFalse();
        assertThat(Typed.COMMANDS.understand("--server.port=9001")).isFalse();
        assertThat(Typed.COMMANDS.understand("--camelbell.http.port=1", "replay"))
                .isFalse();
        assertThat(Typed.COMMANDS.understand("replay", "--events", "x")).isTrue();
        assertThat(Typed.COMMANDS.understand("nonsense")).isTrue();
        assertThat(Typed.COMMANDS.understand("--help")).isTrue();
        assertThat(Typed.COMMANDS.understand("-V")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "send", "token", "deliveries", "dead-letters"})
    void each_command_explains_itself(String command) {
        Typed help = Typed.in(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: camelbell " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repaly", "replay", "token", "token --user x", "replay --rate 5/h --users x", "send"})
    void what_is_not_understood_is_said_in_two_lines_with_exit_code_2(String line) {
        Typed typed = Typed.in(line.split(" "));

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains("Try: camelbell").doesNotContain("Exception", "\tat ");
        assertThat(typed.err().lines()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void a_token_is_signed_with_the_current_secret_and_holds_what_the_contract_asks() throws Exception {
        String current = UUID.randomUUID().toString();
        System.setProperty(SECRETS, current + "," + UUID.randomUUID());

        Typed typed = Typed.in("token", "--user", "3", "--ttl", "30d");

        SignedJWT token = SignedJWT.parse(typed.out().strip());
        assertThat(token.verify(new MACVerifier(current))).isTrue();
        assertThat(token.getJWTClaimsSet().getLongClaim("user_id")).isEqualTo(3);
        assertThat(token.getJWTClaimsSet().getStringClaim("token_type")).isEqualTo("access");
        assertThat(token.getJWTClaimsSet().getJWTID()).isNotBlank();
        assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
    }

    @Test
    void a_token_without_a_secret_or_with_a_short_one_is_refused_in_a_sentence() {
        Typed none = Typed.in("token", "--user", "3");
        System.setProperty(SECRETS, "short");
        Typed tooShort = Typed.in("token", "--user", "3");

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("camelbell.jwt.secrets is empty");
        assertThat(tooShort.exitCode()).isEqualTo(1);
        assertThat(tooShort.err()).contains("camelbell.jwt.secrets").doesNotContain("\tat ");
    }
}
