package camelbell.identity;

import camelbell.model.Directory;
import camelbell.model.HandshakeTickets;
import camelbell.model.Person;
import camelbell.model.TokenCheck;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tickets in the ws_ticket table, where every node finds them: 128 random bits, of which only the hash is kept. */
@Component("handshakeTickets")
class StoredTickets implements HandshakeTickets {

    private static final int BYTES = 16;
    private static final Instant LATEST =
            Instant.parse("9999-12-31T23:59:59Z"); // a token may name one past the database's
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Directory directory;
    private final Clock clock;

    StoredTickets(JdbcClient jdbc, Directory directory, Clock clock) {
        this.jdbc = jdbc;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    @Transactional
    public String issue(long user, Instant tokenExpiry) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        jdbc.sql("DELETE FROM ws_ticket WHERE expires_at < ?")
                .param(utc(clock.instant()))
                .update();
        jdbc.sql("INSERT INTO ws_ticket (hash, person, token_expires_at, expires_at) VALUES (?, ?, ?, ?)")
                .param(hash(ticket))
                .param(user)
                .param(utc(tokenExpiry.isBefore(LATEST) ? tokenExpiry : LATEST))
                .param(utc(clock.instant().plus(LIFE)))
                .update();
        return ticket;
    }

    @Override
    @Transactional
    public TokenCheck redeem(String ticket) {
        Optional<Used> used = jdbc.sql(
                        "DELETE FROM ws_ticket WHERE hash = ? RETURNING person, token_expires_at, expires_at")
                .param(hash(ticket))
                .query((row, number) -> new Used(
                        row.getLong("person"),
                        row.getObject("token_expires_at", OffsetDateTime.class).toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional()
                .filter(found -> clock.instant().isBefore(found.expiresAt()));
        return used.<TokenCheck>map(this::check).orElseGet(() -> new TokenCheck.Rejected(TokenRules.INVALID));
    }

    private TokenCheck check(Used used) {
        Person person = directory.person(used.person());
        if (person == null) {
            return new TokenCheck.Rejected(TokenRules.NO_USER);
        }
        return person.active()
                ? new TokenCheck.Accepted(person, used.tokenExpiry())
                : new TokenCheck.Rejected(TokenRules.INACTIVE);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static byte[] hash(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
        }
    }

    private record Used(long person, Instant tokenExpiry, Instant expiresAt) {}
}
