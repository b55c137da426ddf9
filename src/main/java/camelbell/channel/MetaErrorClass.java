package camelbell.channel;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an error of the Cloud API. Its {@code code} decides, and the HTTP status only where the code says
 * nothing: pages differ on which status goes with which code.
 * Source: Meta, WhatsApp Business Platform, "Error codes".
 */
enum MetaErrorClass {
    /** Throttled, overloaded, or closed to us until a person acts: the same message may get through later. */
    TRANSIENT,
    /** The cap on marketing messages to one person: of no use before tomorrow. */
    TOMORROW,
    /** This person or this content: never. */
    PERMANENT;

    private static final Set<Integer> LATER = Set.of(
            // limits: of the app, the account, the number, the pair of numbers
            4,
            80007,
            130429,
            131056,
            133016,
            // trouble at Meta
            1,
            2,
            131000,
            131016,
            131057,
            133004,
            // the channel is closed: token, permission, policy, payment, certificate, spam, registration, country
            0,
            3,
            10,
            190,
            368,
            131031,
            131042,
            131045,
            131048,
            133010,
            130497);

    private static final Set<Integer> NEVER = Set.of(
            // the person: unreachable, ourselves, not on the test list, opted out, in an experiment, window closed
            131026,
            131021,
            131030,
            131050,
            130472,
            131047,
            // the content: parameters, types, templates
            100,
            131008,
            131009,
            131051,
            132000,
            132001,
            132005,
            132007,
            132012,
            132015,
            132016,
            132018);

    private static final int MARKETING_CAP = 131049;
    private static final Duration A_DAY = Duration.ofHours(24);

    static MetaErrorClass of(int status, @Nullable Integer code) {
        if (code != null && code == MARKETING_CAP) {
            return TOMORROW;
        }
        if (code != null && (LATER.contains(code) || (code >= 200 && code <= 299))) {
            return TRANSIENT;
        }
        if (code != null && NEVER.contains(code)) {
            return PERMANENT;
        }
        boolean clientError = status >= 400 && status < 500;
        return clientError && !Set.of(401, 403, 408, 425, 429).contains(status) ? PERMANENT : TRANSIENT;
    }

    /** The wait that the error itself implies, or null. */
    @Nullable
    Duration waits(@Nullable Duration retryAfter) {
        return this == TOMORROW ? A_DAY : retryAfter;
    }
}
