/**
 * The embedded stack in a browser: three people with their bells, a ticket to act on, what reaches mailbox and phone, the
 * routes at work, and things to break. Started by {@code mvn spring-boot:test-run} alone.
 */
@NullMarked
package camelbell.dev.playground;

import org.jspecify.annotations.NullMarked;
