package camelbell.runtime.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The hub's time.
 *
 * @param measureEvery time between two readings of the database's clock
 * @param skew difference of the node's own clock that is worth a warning
 */
@ConfigurationProperties("camelbell.clock")
record ClockProperties(@DefaultValue("60s") Duration measureEvery, @DefaultValue("3s") Duration skew) {}
