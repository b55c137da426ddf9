package camelbell.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.ADelivery;
import camelbell.model.StartRefused;
import camelbell.suppression.UnsubscribeTokens.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeTokensTest {

    private static final Subscription MEANT = new Subscription(20094, "EMAIL");
    private static final String OLD = "old-secret-old-secret-old-secret-old";
    private static final String NEW = "new-secret-new-secret-new-secret-new";

    @Test
    void a_token_says_whom_it_is_about_and_shows_nobody_else() {
        String token = signedBy(OLD).write(MEANT);

        assertThat(signedBy(OLD).read(token)).isEqualTo(MEANT);
        assertThat(token).matches("[0-9A-Za-z_-]{40}");
        assertThat(token).isNotEqualTo(signedBy(OLD).write(new Subscription(20094, "WHATSAPP")));
    }

    @Test
    void a_token_lives_as_long_as_its_secret_is_among_those_that_are_believed() {
        String token = signedBy(OLD).write(MEANT);

        assertThat(signedBy(NEW, OLD).read(token)).isEqualTo(MEANT);
        assertThat(signedBy(NEW).read(token)).isNull();
    }

    @Test
    void the_secret_of_access_tokens_signs_where_links_have_none_of_their_own() {
        UnsubscribeTokens derived = tokens("https://hub.example.org", List.of(), List.of(OLD));

        assertThat(derived.read(derived.write(MEANT))).isEqualTo(MEANT);
        assertThat(signedBy(OLD).read(derived.write(MEANT))).isEqualTo(MEANT);
    }

    @Test
    void a_token_in_which_any_bit_is_changed_is_nobodys() {
        byte[] token = Base64.getUrlDecoder().decode(signedBy(OLD).write(MEANT));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] changed = token.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(signedBy(OLD)
                            .read(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .as("bit " + bit)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "..", "%00", "<script>", "AQ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_is_no_token_is_nobodys(String token) {
        assertThat(signedBy(OLD).read(token)).isNull();
        assertThat(signedBy(OLD).read(token.repeat(2000))).isNull();
        assertThat(signedBy(OLD).read(null)).isNull();
    }

    @Test
    void without_a_public_address_there_is_no_link_and_with_one_it_is_below_it() {
        assertThat(link("")).isNull();
        assertThat(link("https://hub.example.org/")).startsWith("https://hub.example.org/u/");
        assertThat(link("http://localhost:8000")).startsWith("http://localhost:8000/u/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hub.example.org",
                "hub.example.org",
                "https://",
                "https://a@b.org",
                "https://b.org?x=1",
                "ftp://b"
            })
    void an_address_that_mail_programs_would_not_post_to_stops_the_start(String url) {
        assertThatThrownBy(() -> new PublicUrl(url))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("camelbell.http.public-url");
    }

    @Test
    void links_without_anything_to_sign_them_or_with_a_short_secret_stop_the_start() {
        assertThatThrownBy(() -> tokens("https://hub.example.org", List.of(), List.of()))
                .hasMessageContaining("camelbell.unsubscribe.secrets");
        assertThatThrownBy(() -> new LinkSecrets(List.of("short"))).hasMessageContaining("number 1 is 5 bytes");
        assertThat(tokens("", List.of(), List.of()).read("A".repeat(40))).isNull();
    }

    private static @Nullable String link(String url) {
        return new SignedLinks(new PublicUrl(url), signedBy(OLD)).link(ADelivery.reader("en"), ADelivery.EMAIL);
    }

    private static UnsubscribeTokens signedBy(String... secrets) {
        assertThat(secrets[0].getBytes(StandardCharsets.UTF_8).length).isGreaterThan(32);
        return tokens("https://hub.example.org", List.of(secrets), List.of());
    }

    private static UnsubscribeTokens tokens(String url, List<String> own, List<String> accessTokens) {
        return new UnsubscribeTokens(new PublicUrl(url), new LinkSecrets(own), new TokenSecrets(accessTokens));
    }
}
