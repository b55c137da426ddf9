/**
 * The embedded stack: the real Kafka and PostgreSQL, the mailbox and the double of Meta's Cloud API that a developer's
 * machine and the tests run the hub against. No route calls it; {@code mvn spring-boot:test-run} and the tests start it.
 * Must never be imported by production code, and imports nothing of the hub but its main class.
 */
@NullMarked
package camelbell.dev;

import org.jspecify.annotations.NullMarked;
