package camelbell.socket;

/** A range of one person's inbox: seq greater than {@code after}, up to and including {@code upTo}. */
record SeqRange(long person, long after, long upTo) {

    long length() {
        return upTo - after;
    }

    SeqRange atMost(long rows) {
        return length() <= rows ? this : new SeqRange(person, after, after + rows);
    }
}
