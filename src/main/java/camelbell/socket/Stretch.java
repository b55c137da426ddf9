package camelbell.socket;

/** A stretch of one person's inbox: seq greater than {@code after}, up to and including {@code upTo}. */
record Stretch(long person, long after, long upTo) {

    long length() {
        return upTo - after;
    }

    Stretch atMost(long rows) {
        return length() <= rows ? this : new Stretch(person, after, after + rows);
    }
}
