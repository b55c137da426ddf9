package camelbell.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the directory is kept.
 *
 * @param staleness how old a cached person may be when another node has changed it
 * @param catchUp how long events wait in all for a directory that is behind the users topic
 */
@ConfigurationProperties("camelbell.directory")
record DirectoryProperties(@DefaultValue("2s") Duration staleness, @DefaultValue("15s") Duration catchUp) {}
