/**
 * How Kafka is reached: every client of the hub and of its commands is made here, from the same settings, and what a broker
 * refuses is put into one sentence here.
 * Called by the runtime, and by the REST operations and commands of operations; no route names it.
 * Must never import a stage; only the model's {@code StartRefused}.
 */
@NullMarked
package camelbell.kafka;

import org.jspecify.annotations.NullMarked;
