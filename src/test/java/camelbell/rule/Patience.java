package camelbell.rule;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long a test waits for what must come, when it does not say so itself: nearly as long as it may take in all
 * ({@code junit-platform.properties}). Such a limit carries no claim, it only ends a wait that is in vain; how quick the
 * hub is, the benchmarks say, and a machine that is ten times slower than another fails no test.
 */
public final class Patience implements BeforeAllCallback {

    private static final Duration LONG = Duration.ofMinutes(4);

    @Override
    public void beforeAll(ExtensionContext test) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
