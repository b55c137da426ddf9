package camelbell.fault;

import java.util.Random;

/** What makes a run random, and repeatable: {@code -Dfaults.seed=…}; without it every run has another one. */
final class Seed {

    private static final long SEED = Long.getLong("faults.seed", System.nanoTime() & 0xFFFFFF);

    private Seed() {}

    static long value() {
        return SEED;
    }

    /** Each caller's own sequence, the same for the same seed and name. */
    static Random random(String name) {
        return new Random(SEED * 31 + name.hashCode());
    }
}
