/**
 * Keeps what was recorded: events, notifications, inbox counters, deliveries and their outcomes; the only package with JPA entities.
 * Called by 12-unsent, 30-record and 60-settle.
 * Must never import another stage or talk to a provider.
 */
@NullMarked
package camelbell.log;

import org.jspecify.annotations.NullMarked;
