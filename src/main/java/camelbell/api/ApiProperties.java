package camelbell.api;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the read model behaves.
 *
 * @param queryTimeout longest time of one query; past it the client gets 503
 */
@ConfigurationProperties("camelbell.api")
record ApiProperties(Duration queryTimeout) {}
