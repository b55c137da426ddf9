/**
 * Who is sent nothing although there is an address: people who have opted out of a channel, and addresses that bounced.
 * Called by 12-unsent, 60-settle, 72-bounces and 86-unsubscribe; the planner, channels and operators ask by the port Suppressions.
 * Must never import another stage, nor let an address or a token into a log.
 */
@NullMarked
package camelbell.suppression;

import org.jspecify.annotations.NullMarked;
