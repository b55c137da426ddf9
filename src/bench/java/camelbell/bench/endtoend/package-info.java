/**
 * Events through the whole hub, every channel sent and settled, beside a hand-written loop that does the same work.
 * Started by hand, as src/bench/README.md says; {@link camelbell.bench.endtoend.EndToEndBenchmark} begins it.
 * Must never be imported by anything else.
 */
@NullMarked
package camelbell.bench.endtoend;

import org.jspecify.annotations.NullMarked;
