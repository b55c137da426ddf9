package camelbell.runtime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much of memory the public port may take, whoever calls.
 *
 * @param bodies bytes of request bodies that are read or worked on, in all
 * @param bodiesPerAddress bytes of request bodies of one address
 */
@ConfigurationProperties("camelbell.http")
record HttpLimits(DataSize bodies, DataSize bodiesPerAddress) {}
