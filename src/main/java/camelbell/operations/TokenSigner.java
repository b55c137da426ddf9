package camelbell.operations;

import java.time.Duration;
import java.time.Instant;

/** Signs an access token. Errors: IllegalArgumentException for a secret that cannot sign. */
public interface TokenSigner {

    String sign(String secret, long user, Instant from, Duration life);
}
