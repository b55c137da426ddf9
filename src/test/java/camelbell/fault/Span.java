package camelbell.fault;

/** An interval, in milliseconds of {@link Moment}. */
record Span(long from, long to) {

    boolean holds(long moment) {
        return from <= moment && moment <= to;
    }

    long seconds() {
        return (to - from + 500) / 1000;
    }
}
