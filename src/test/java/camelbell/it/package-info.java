/**
 * The whole hub against the embedded stack.
 * Every test here goes in and out through the hub's public wires only.
 * Must never reach into a stage's package.
 */
@NullMarked
package camelbell.it;

import org.jspecify.annotations.NullMarked;
