package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

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
    @ValueSource(
            strings = {
                "capacity",
                "replay",
                "send",
                "token",
                "listen",
                "deliveries",
                "deliveries list",
                "deliveries retry",
                "deliveries cancel",
                "dead-letters",
                "dead-letters list",
                "dead-letters replay",
                "simulate"
            })
    void each_command_explains_itself(String command) {
        Typed help = Typed.in((command + " --help").split(" "));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: camelbell " + command);
    }

    @Test
    void help_is_a_command_too() {
        assertThat(Typed.in("help").out()).startsWith("Usage: camelbell").contains("send", "Exit codes:", "\n  3 ");
        assertThat(Typed.in("help", "send").out()).startsWith("Usage: camelbell send");
        assertThat(Typed.in("help", "sned").exitCode()).isEqualTo(2);
    }

    @Test
    void every_exit_code_is_explained_by_the_page_of_commands() throws Exception {
        String page = Files.readString(Path.of("src/docs/reference/commands.md"));

        for (String code : Commands.class.getAnnotation(Command.class).exitCodeList()) {
            assertThat(page).contains("| " + code.replaceFirst(":.*", " | "));
        }
        assertThat(page)
                .contains("capacity", "deliveries", "dead-letters", "listen", "replay", "send", "simulate", "token");
    }

    @Test
    void the_codes_of_dead_letters_are_those_of_their_page() throws Exception {
        assertThat(Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|")
                        .matcher(Files.readString(Path.of("src/docs/reference/dead-letters.md")))
                        .results()
                        .map(code -> code.group(1)))
                .containsExactlyInAnyOrderElementsOf(DeadLettersCommand.CODES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repaly",
                "replay",
                "token",
                "token --user x",
                "replay --rate 5/h --users x",
                "send",
                "send ticket_created --creator Carla",
                "send ticket_created --creator 3 --wait soon",
                "send ticket_created --creator 3 --wait 999999d",
                "token --user 0",
                "listen",
                "listen --user 3 --token x",
                "listen --user 3 --frames 0",
                "listen --user 3 --url ws://a^b/",
                "completion fish",
                "deliveries",
                "deliveries lits",
                "deliveries retry --id x",
                "dead-letters list --sicne x",
                "dead-letters replay --code x --rate 0",
                "simulate",
                "simulate --event x --events y",
                "simulate --event x --json --open",
                "simulate --event x --person me"
            })
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
    void a_script_reads_a_token_and_how_long_it_is_good_for() throws Exception {
        System.setProperty(SECRETS, UUID.randomUUID().toString());

        JsonNode printed = CommandsPage.documented(
                "token", Typed.in("token", "--user", "3", "--json").out());

        assertThat(SignedJWT.parse(printed.path("token").asText())
                        .getJWTClaimsSet()
                        .getExpirationTime()
                        .toInstant())
                .isEqualTo(Instant.parse(printed.path("expires_at").asText()));
        assertThat(printed.path("user").asLong()).isEqualTo(3);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deliveries list --since yesterday",
                "deliveries cancel --older-than soon",
                "dead-letters list --until 2026-13-01T00:00:00Z"
            })
    void a_time_that_is_none_is_refused_in_one_sentence(String line) {
        Typed typed = Typed.in(line.split(" "));

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).hasLineCount(1).contains(": write a ");
    }

    @Test
    void a_configuration_that_cannot_be_read_is_said_in_one_sentence_without_its_values() {
        Map<String, String> bad = Map.of(
                "spring.datasource.url", "jdbc:mysql://localhost/x?password=geheim",
                "camelbell.database.lock-timeout", "geheim",
                "spring.config.location", "file:./no-such-folder/application.yaml");
        bad.forEach((key, value) -> {
            System.setProperty(key, value);
            try {
                Typed typed = Typed.in("deliveries", "list");
                assertThat(typed.exitCode()).as(key).isEqualTo(1);
                assertThat(typed.err()).as(key).hasLineCount(1).doesNotContain("geheim", "Exception", "Unexpected");
            } finally {
                System.clearProperty(key);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries list", "deliveries retry --id 1", "dead-letters list"})
    void a_database_that_is_not_there_is_said_in_one_sentence(String line) {
        System.setProperty("spring.datasource.url", "jdbc:postgresql://localhost:1/camelbell");
        try {
            Typed typed = Typed.in(line.split(" "));
            assertThat(typed.exitCode()).isEqualTo(1);
            assertThat(typed.err()).hasLineCount(1).contains("spring.datasource.url", "localhost:1");
        } finally {
            System.clearProperty("spring.datasource.url");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://localhost:1/", "ws://nowhere.invalid/"})
    void a_hub_that_is_not_there_is_said_in_words(String url) {
        System.setProperty(SECRETS, UUID.randomUUID().toString());

        Typed typed = Typed.in("listen", "--user", "3", "--url", url);

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).hasLineCount(1).contains(url).doesNotContain("Exception");
    }

    @Test
    void output_that_nobody_reads_any_more_is_said_in_one_sentence() {
        System.setProperty(SECRETS, UUID.randomUUID().toString());

        Typed typed = Typed.into(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                "token",
                "--user",
                "3");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).hasLineCount(1).startsWith("The output is not complete");
    }
}
