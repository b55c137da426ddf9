/**
 * Benchmarks, each a main of its own. They run on the embedded servers and print ratios.
 * Started by hand, as src/bench/README.md says; the test suite never runs them.
 * Must never be imported by anything else.
 */
@NullMarked
package camelbell.bench;

import org.jspecify.annotations.NullMarked;
