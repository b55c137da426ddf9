package camelbell.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.TokenCheck;
import camelbell.model.TokenCheck.Accepted;
import camelbell.model.TokenCheck.Expired;
import camelbell.model.TokenCheck.Refusal;
import camelbell.model.TokenCheck.Rejected;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;

class JwtTokenCheckerTest {

    private static final String SECRET = "current-secret-of-more-than-32-bytes";
    private static final String PREVIOUS = "previous-secret-of-more-than-32-bytes";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NOW_S = NOW.getEpochSecond();
    private static final String INVALID = "Token is invalid or expired";

    @Test
    void an_access_token_names_its_user_and_its_end() throws Exception {
        assertThat(check(token(SECRET, Map.of()))).isEqualTo(new Accepted(person(1, true), NOW.plusSeconds(300)));
        assertThat(check(token(PREVIOUS, Map.of()))).isInstanceOf(Accepted.class);
        assertThat(check(token(SECRET, Map.of("user_id", "1")))).isInstanceOf(Accepted.class);
    }

    @Test
    void what_was_checked_a_moment_ago_is_told_at_once_and_its_age_is_looked_at_again() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        InstantSource time = now::get;
        JwtProperties jwt = secrets();
        JwtTokenChecker checker = new JwtTokenChecker(
                new TokenSignatures(jwt, new KeySetEndpoint(jwt, Clock.fixed(NOW, ZoneOffset.UTC))),
                new TokenRules(jwt),
                new Two(),
                time.withZone(ZoneOffset.UTC));
        String good = token(SECRET, Map.of());
        String unknown = token(SECRET, Map.of("user_id", 99));
        String forged = token("another-secret-of-more-than-32-bytes!", Map.of());

        assertThat(checker.checkAtOnce(good)).isNull();
        for (String token : List.of(good, unknown, forged)) {
            checker.check(token);
        }

        assertThat(checker.checkAtOnce(good)).isEqualTo(new Accepted(person(1, true), NOW.plusSeconds(300)));
        assertThat(checker.checkAtOnce(unknown)).isNull();
        assertThat(checker.checkAtOnce(forged)).isNull();
        now.set(NOW.plusSeconds(303));
        assertThat(checker.checkAtOnce(good)).isInstanceOf(Expired.class);
    }

    @Test
    void what_the_minter_signs_passes() {
        String token = TokenMinter.mint(SECRET, 1, NOW, Duration.ofMinutes(5));
        assertThat(check(token)).isEqualTo(new Accepted(person(1, true), NOW.plusSeconds(300)));
    }

    @Test
    void an_expired_one_is_told_from_a_bad_one_and_the_leeway_counts() throws Exception {
        assertThat(check(token(SECRET, Map.of("exp", NOW_S - 1)))).isInstanceOf(Accepted.class);
        assertThat(check(token(SECRET, Map.of("exp", NOW_S - 2)))).isInstanceOf(Expired.class);
        assertThat(check(token(SECRET, Map.of("exp", NOW_S - 9, "token_type", "refresh"))))
                .isInstanceOf(Rejected.class);
        assertThat(check(token("a-wrong-secret-of-more-than-32-bytes", Map.of("exp", NOW_S - 9))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void every_fault_has_the_words_of_the_reference() throws Exception {
        assertThat(message(token("a-wrong-secret-of-more-than-32-bytes", Map.of())))
                .isEqualTo(INVALID);
        assertThat(message(token(SECRET, Map.of("token_type", "refresh")))).isEqualTo("Token has wrong type");
        assertThat(message(token(SECRET, Map.of("token_type", "sliding")))).isEqualTo("Token has wrong type");
        assertThat(message(without("token_type"))).isEqualTo("Token has no type");
        assertThat(message(without("jti"))).isEqualTo("Token has no id");
        assertThat(message(without("exp"))).isEqualTo("Token has no 'exp' claim");
        assertThat(check(without("iat"))).isInstanceOf(Accepted.class);
        assertThat(message(token(SECRET, Map.of("nbf", NOW_S + 60)))).isEqualTo(INVALID);
        assertThat(message(token(SECRET, Map.of("iat", 32_503_680_000L)))).isEqualTo(INVALID);
        assertThat(refusal(without("user_id")))
                .isEqualTo(new Refusal("Token contained no recognizable user identification", "token_not_valid", null));
        assertThat(refusal(token(SECRET, Map.of("user_id", 99)))).isEqualTo(TokenRules.NO_USER);
        assertThat(refusal(token(SECRET, Map.of("user_id", 6)))).isEqualTo(TokenRules.INACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "\"01\"",
                "\" 1\"",
                "\"1 \"",
                "true",
                "null",
                "[]",
                "{}",
                "9223372036854775808",
                "-1",
                "\"1 OR 1=1\"",
                "\"\"",
                "\"\u0661\"",
                "1e0"
            })
    void a_user_id_that_is_no_plain_number_is_nobody(String json) throws Exception {
        assertThat(refusal(signed("{\"token_type\":\"access\",\"jti\":\"a\",\"exp\":" + (NOW_S + 60) + ",\"user_id\":"
                        + json + "}")))
                .isEqualTo(TokenRules.NO_USER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"4102444800\"", "1e30", "-1", "null", "[]", "\"x\""})
    void an_expiry_that_is_no_time_is_refused(String json) throws Exception {
        assertThat(check(signed("{\"token_type\":\"access\",\"jti\":\"a\",\"user_id\":1,\"exp\":" + json + "}")))
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "....", "a.b", "\u0000", "e30.e30.e30"})
    void rubbish_is_refused(String token) {
        assertThat(message(token)).isEqualTo(INVALID);
        assertThat(message(token + "x".repeat(1_000_000))).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s=", "%s==", " %s", "%s ", "%s\n", "%s\u0000", "%s\u00e9", "%s!", "%s.a"})
    void a_good_token_with_anything_beside_it_is_refused(String form) throws Exception {
        assertThat(message(form.formatted(token(SECRET, Map.of())))).isEqualTo(INVALID);
    }

    @Test
    void a_token_has_one_spelling() throws Exception {
        String good = token(SECRET, Map.of());
        int end = good.length() - 1;
        assertThat(message(good.substring(0, end) + (char) (good.charAt(end) + 1)))
                .describedAs("the last character, changed in the bits that stand for nothing")
                .isEqualTo(INVALID);
        assertThat(message(good.substring(0, end) + "!" + good.charAt(end))).isEqualTo(INVALID);
        assertThat(message(good.substring(0, end) + "\n" + good.charAt(end))).isEqualTo(INVALID);
        assertThat(message(good.substring(0, 9) + "=" + good.substring(9))).isEqualTo(INVALID);
    }

    @Test
    void other_algorithms_and_header_tricks_are_refused() throws Exception {
        String claims = claims(Map.of()).toString();
        assertThat(message(base64("{\"alg\":\"none\"}") + "." + base64(claims) + "."))
                .isEqualTo(INVALID);
        assertThat(message(sign(new JWSHeader(JWSAlgorithm.HS512), SECRET + SECRET, claims)))
                .isEqualTo(INVALID);
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(Set.of("exp"))
                .build();
        assertThat(message(sign(critical, SECRET, claims))).isEqualTo(INVALID);
        JWSHeader elsewhere = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID("../../x")
                .jwkURL(URI.create("http://localhost:1/never"))
                .x509CertURL(URI.create("http://localhost:1/never"))
                .build();
        assertThat(check(sign(elsewhere, SECRET, new Payload(claims(Map.of())).toString())))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void a_key_set_checks_rs256_with_issuer_and_audience_and_outlives_its_server() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        AtomicInteger fetches = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            byte[] set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        server.start();
        String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
        Map<String, Object> own = Map.of("iss", "https://issuer", "aud", "hub");
        List<JwtTokenChecker> tried = new ArrayList<>();
        again(() -> {
            fetches.set(0);
            tried.add(
                    0, checker(new JwtProperties(List.of(), uri, "https://issuer", "hub", Duration.ofSeconds(2), DAY)));
            assertThat(tried.get(0).check(rsa(key, "one", own))).isInstanceOf(Accepted.class);
        });

        JwtTokenChecker checker = tried.get(0);
        assertThat(checker.check(rsa(key, "one", Map.of("iss", "https://other", "aud", "hub"))))
                .isInstanceOf(Rejected.class);
        assertThat(checker.check(rsa(key, "one", Map.of("iss", "https://issuer"))))
                .isInstanceOf(Rejected.class);
        String confused = sign(
                new JWSHeader(JWSAlgorithm.HS256),
                new String(key.toRSAPublicKey().getEncoded(), StandardCharsets.ISO_8859_1),
                new Payload(claims(own)).toString());
        assertThat(checker.check(confused)).isInstanceOf(Rejected.class);
        String unknown = rsa(key, "unknown", own);
        long began = System.nanoTime();
        for (int n = 0; n < 1000; n++) {
            assertThat(checker.check(unknown)).isInstanceOf(Rejected.class);
        }
        long halfMinutes = Duration.ofNanos(System.nanoTime() - began).dividedBy(Duration.ofSeconds(30));
        assertThat((long) fetches.get()).isLessThanOrEqualTo(3 + 2 * halfMinutes); // the library asks twice in 30 s
        server.stop(0);
        assertThat(checker.check(rsa(key, "one", own))).isInstanceOf(Accepted.class);
    }

    @Test
    void a_key_set_checks_es256_and_takes_a_new_key_once_the_issuer_shows_it() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
        AtomicReference<JWKSet> keys = new AtomicReference<>(new JWKSet(key.toPublicJWK()));
        HttpServer server = serving(() -> String.valueOf(keys.get()));
        String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
        Map<String, Object> own = Map.of("iss", "https://issuer", "aud", "hub");
        ECKey forged = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();

        again(() -> {
            keys.set(new JWKSet(key.toPublicJWK()));
            JwtTokenChecker checker =
                    checker(new JwtProperties(List.of(), uri, "https://issuer", "hub", Duration.ofSeconds(2), DAY));
            assertThat(checker.check(elliptic(key, "curve", own))).isInstanceOf(Accepted.class);
            assertThat(checker.check(elliptic(forged, "curve", own))).isInstanceOf(Rejected.class);
            assertThat(checker.check(token(SECRET, own))).isInstanceOf(Rejected.class);

            keys.set(new JWKSet(List.of(key.toPublicJWK(), next.toPublicJWK())));
            assertThat(checker.check(rsa(next, "next", own))).isInstanceOf(Accepted.class);
        });
        server.stop(0);
    }

    /** An issuer's endpoint, started. */
    private static HttpServer serving(Supplier<String> keySet) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> {
            byte[] set = keySet.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void the_last_good_key_set_is_believed_for_a_day_while_its_endpoint_is_away_and_health_says_so() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        AtomicReference<String> answer = new AtomicReference<>(new JWKSet(key.toPublicJWK()).toString());
        HttpServer server = serving(() -> String.valueOf(answer.get()));
        String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
        Map<String, Object> own = Map.of("iss", "https://issuer", "aud", "hub");
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        JwtProperties jwt = new JwtProperties(List.of(), uri, "https://issuer", "hub", Duration.ofSeconds(2), DAY);

        again(() -> {
            answer.set(new JWKSet(key.toPublicJWK()).toString());
            now.set(NOW);
            KeySetEndpoint keys = new KeySetEndpoint(jwt, clock);
            JwtTokenChecker checker = checker(jwt, keys);
            assertThat(checker.check(rsa(key, "one", own))).isInstanceOf(Accepted.class);
            assertThat(keys.health().getDetails()).containsEntry("failing_since", "never");

            answer.set("<html>down for maintenance</html>");
            now.set(NOW.plusSeconds(60));
            assertThat(checker.check(rsa(key, "unknown", own))).isInstanceOf(Rejected.class);
            assertThat(keys.health().getStatus()).isEqualTo(Status.UP);
            assertThat(keys.health().getDetails())
                    .containsEntry("failing_since", NOW.plusSeconds(60).toString())
                    .containsEntry("believed_until", NOW.plus(DAY).toString());

            now.set(NOW.plus(DAY));
            assertThat(checker.check(rsa(key, "one", own))).isInstanceOf(Accepted.class);
            now.set(NOW.plus(DAY).plusSeconds(1));
            assertThat(checker.check(rsa(key, "one", own))).isInstanceOf(Rejected.class);
            assertThat(keys.health().getStatus()).isEqualTo(Status.DOWN);
        });
        server.stop(0);
    }

    /** With a new checker each time: a fetch that takes 3 seconds fails, and there are few of them in a minute. */
    private static void again(ThrowingRunnable checked) {
        await().ignoreExceptionsInstanceOf(IllegalStateException.class).untilAsserted(checked);
    }

    private static String elliptic(ECKey key, String id, Map<String, Object> claims) throws Exception {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(id).build(), new Payload(claims(claims)));
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Test
    void while_the_key_set_has_never_been_had_no_token_is_called_bad() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
        JwtTokenChecker checker = checker(new JwtProperties(
                List.of(), "http://127.0.0.1:1/jwks", "https://issuer", "hub", Duration.ofSeconds(2), DAY));
        String good = rsa(key, "one", Map.of("iss", "https://issuer", "aud", "hub"));

        for (int n = 0; n < 5; n++) {
            assertThatIllegalStateException().isThrownBy(() -> checker.check(good));
        }
    }

    private static String rsa(RSAKey key, String id, Map<String, Object> claims) throws Exception {
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), new Payload(claims(claims)));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static String token(String secret, Map<String, Object> changed) throws Exception {
        return sign(new JWSHeader(JWSAlgorithm.HS256), secret, new Payload(claims(changed)).toString());
    }

    private static String without(String claim) throws Exception {
        Map<String, Object> claims = claims(Map.of());
        claims.remove(claim);
        return signed(new Payload(claims).toString());
    }

    private static String signed(String json) throws Exception {
        return sign(new JWSHeader(JWSAlgorithm.HS256), SECRET, json);
    }

    private static String sign(JWSHeader header, String secret, String json) throws Exception {
        JWSObject token = new JWSObject(header, new Payload(json));
        token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }

    private static Map<String, Object> claims(Map<String, Object> changed) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "token_type", "access", "exp", NOW_S + 300, "iat", NOW_S - 1, "jti", "0123456789abcdef", "user_id", 1));
        claims.putAll(changed);
        return claims;
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String message(String token) {
        return refusal(token).tokenMessage();
    }

    private static Refusal refusal(String token) {
        return check(token) instanceof Rejected rejected ? rejected.refusal() : new Refusal("accepted", "", null);
    }

    private static TokenCheck check(String token) {
        return checker(secrets()).check(token);
    }

    private static final Duration DAY = Duration.ofHours(24);

    private static JwtProperties secrets() {
        return new JwtProperties(List.of(SECRET, PREVIOUS), "", "", "", Duration.ofSeconds(2), DAY);
    }

    private static JwtTokenChecker checker(JwtProperties jwt) {
        return checker(jwt, new KeySetEndpoint(jwt, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private static JwtTokenChecker checker(JwtProperties jwt, KeySetEndpoint keys) {
        return new JwtTokenChecker(
                new TokenSignatures(jwt, keys), new TokenRules(jwt), new Two(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Person person(long id, boolean active) {
        return new Person(id, "user" + id, "", "CLIENT", active, null, null, Map.of());
    }

    /** User 1 is active, user 6 is not, nobody else is known. */
    private static final class Two implements Directory {

        @Override
        public @Nullable Person person(long id) {
            return id == 1 || id == 6 ? JwtTokenCheckerTest.person(id, id == 1) : null;
        }

        @Override
        public @Nullable Person personAtHand(long id) {
            return person(id);
        }

        @Override
        public Map<Long, Person> people(Collection<Long> ids) {
            return Map.of();
        }

        @Override
        public List<Person> activeWithRole(String role) {
            return List.of();
        }

        @Override
        public List<Person> activeInGroup(String group) {
            return List.of();
        }
    }
}
