package camelbell.runtime.health;

import java.time.Duration;

/** Settings of tests that start no hub. */
final class Settings {

    private Settings() {}

    /** The defaults, but for how long memory may be full. */
    static HealthProperties health(Duration memoryFor) {
        return new HealthProperties(
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                95,
                memoryFor,
                8,
                true,
                Duration.ofMillis(500));
    }
}
