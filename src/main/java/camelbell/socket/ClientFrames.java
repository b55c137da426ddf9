package camelbell.socket;

import camelbell.model.Budget;
import camelbell.model.TokenCheck;
import camelbell.model.TokenChecker;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What clients say, and what they are answered. Unknown types are ignored; what is no JSON object gets an error frame,
 * and the connection stays. Source: contract §4.
 */
@Component("clientFrames")
class ClientFrames implements DisposableBean {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();

    private final TokenChecker tokens;
    private final CatchUpDispatcher dispatcher;
    private final CatchUpCount count;
    /** A check may ask the database. Each connection has one frame under way, so no more wait here than are open. */
    private final ExecutorService checks;

    ClientFrames(TokenChecker tokens, CatchUpDispatcher dispatcher, CatchUpCount count, SocketProperties properties) {
        this.checks = Executors.newFixedThreadPool(
                properties.tokenChecks(), run -> new Thread(run, "camelbell-sockets-tokens"));
        this.count = count;
        this.tokens = tokens;
        this.dispatcher = dispatcher;
    }

    /** The answer, at once but for a refresh; empty when there is none. */
    CompletableFuture<Optional<Frame>> answer(Session session, String text) {
        JsonNode frame = parsed(text);
        if (frame == null) {
            return now(new Frame.Fault("invalid_frame", "A frame is one JSON object."));
        }
        return switch (frame.path("type").asText()) {
            case "ping" -> now(new Frame.Pong(frame.path("timestamp")));
            case "resume" -> now(resume(session, frame.path("seq")));
            case "refresh" -> refresh(session, frame.path("token"));
            default -> now(null);
        };
    }

    private static CompletableFuture<Optional<Frame>> now(@Nullable Frame answer) {
        return CompletableFuture.completedFuture(Optional.ofNullable(answer));
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            JsonNode frame = JSON.readTree(text);
            return frame.isObject() ? frame : null;
        } catch (JsonProcessingException | NumberFormatException garbage) {
            return null;
        }
    }

    private @Nullable Frame resume(Session session, JsonNode seq) {
        if (!seq.isIntegralNumber()) {
            return new Frame.Fault("invalid_frame", "\"resume\" needs \"seq\", a whole number.");
        }
        count.resumed();
        session.wantSince(seq.canConvertToLong() ? seq.longValue() : Progress.UNUSABLE);
        dispatcher.wake(List.of(session.person()));
        return null;
    }

    private CompletableFuture<Optional<Frame>> refresh(Session session, JsonNode token) {
        if (!token.isTextual()) {
            return now(new Frame.Fault("invalid_frame", "\"refresh\" needs \"token\", a string."));
        }
        return CompletableFuture.supplyAsync(
                () -> Budget.SOCKETS.get(() -> Optional.ofNullable(renew(session, token.textValue()))), checks);
    }

    private @Nullable Frame renew(Session session, String token) {
        if (tokens.check(token) instanceof TokenCheck.Accepted accepted) {
            if (accepted.user().id() != session.person()) {
                return new Frame.Fault("token_not_valid", "The token belongs to another user.");
            }
            session.renew(accepted.expiresAt());
            return null;
        }
        return new Frame.Fault("token_not_valid", "Token is invalid or expired");
    }

    @Override
    public void destroy() {
        checks.shutdownNow();
    }
}
