/**
 * From an event to the frames at open sockets: how long it takes, how many there are in a second, how many
 * connect in one, what an idle socket costs.
 * The hub, the clients, and the servers each run in a process of their own; only this benchmark starts them.
 * Must never be imported by anything else.
 */
@NullMarked
package camelbell.bench.push;

import org.jspecify.annotations.NullMarked;
