package camelbell.socket;

import camelbell.model.HandshakeTickets;
import camelbell.model.Handshakes;
import camelbell.model.Origins;
import camelbell.model.TokenCheck;
import camelbell.model.TokenChecker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may open a socket: from an allowed origin, with exactly one credential that is good. The route gets the person,
 * the expiry and the client's {@code since}; the credential goes no further than here.
 */
@Component("handshakeAuthenticator")
class HandshakeAuthenticator implements Handshakes {

    private static final Decision NO_ORIGIN = new Decision.Refuse(403, "Origin not allowed.");
    private static final Decision NO_TOKEN = new Decision.Refuse(401, "Authentication credentials were not provided.");
    private static final Decision TOO_MANY_TOKENS = new Decision.Refuse(401, "More than one token was provided.");
    private static final Decision EXPIRED = new Decision.OpenThenClose(Closing.TOKEN.code(), Closing.TOKEN.reason());
    private static final String BEARER = "bearer ";
    private static final int LONGEST_SEQ = 19;
    private static final String NO_SEQ = "none";

    private final TokenChecker tokens;
    private final HandshakeTickets tickets;
    private final Origins origins;

    HandshakeAuthenticator(TokenChecker tokens, HandshakeTickets tickets, Origins origins) {
        this.tokens = tokens;
        this.tickets = tickets;
        this.origins = origins;
    }

    @Override
    public Decision judge(Handshake handshake) {
        String origin = handshake.origin();
        if (origin != null && !origins.allow(origin)) {
            return NO_ORIGIN;
        }
        List<Supplier<TokenCheck>> shown = shown(handshake);
        if (shown.isEmpty()) {
            return NO_TOKEN;
        }
        return shown.size() > 1 ? TOO_MANY_TOKENS : judge(shown.get(0).get(), since(handshake));
    }

    private static Decision judge(TokenCheck check, @Nullable String since) {
        if (check instanceof TokenCheck.Accepted accepted) {
            return open(accepted.user().id(), accepted.expiresAt(), since);
        }
        return check instanceof TokenCheck.Rejected rejected
                ? new Decision.Refuse(401, rejected.refusal().detail())
                : EXPIRED;
    }

    private static Decision open(long person, Instant expiresAt, @Nullable String since) {
        Map<String, String> headers = new HashMap<>();
        headers.put("socketPerson", Long.toString(person));
        headers.put("socketExpires", Long.toString(expiresAt.getEpochSecond()));
        if (since != null) {
            headers.put("socketSince", since);
        }
        return new Decision.Open(person, headers);
    }

    /** Every token and ticket in the handshake, wherever it stands, unchecked: a ticket is used up by checking it. */
    private List<Supplier<TokenCheck>> shown(Handshake handshake) {
        List<Supplier<TokenCheck>> shown = new ArrayList<>();
        handshake.query().getOrDefault("token", List.of()).forEach(token -> shown.add(() -> tokens.check(token)));
        handshake.query().getOrDefault("ticket", List.of()).forEach(ticket -> shown.add(() -> tickets.redeem(ticket)));
        handshake.authorization().stream()
                .filter(line -> line.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(line -> line.substring(BEARER.length()).strip())
                .forEach(token -> shown.add(() -> tokens.check(token)));
        return shown;
    }

    private static @Nullable String since(Handshake handshake) {
        List<String> since = handshake.query().getOrDefault("since", List.of());
        if (since.isEmpty()) {
            return null;
        }
        return since.size() == 1 && since.get(0).length() <= LONGEST_SEQ ? since.get(0) : NO_SEQ;
    }
}
