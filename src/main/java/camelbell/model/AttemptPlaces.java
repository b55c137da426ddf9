package camelbell.model;

/**
 * How many attempts of one channel may be begun and not yet written down. So many messages, at most, may be sent again
 * after a crash of this node, however long the database has been away.
 */
public interface AttemptPlaces {

    /**
     * Takes a place for an attempt that is about to begin, and waits for it where there is none: the place is given back
     * once the attempt's outcome is committed, or the delivery released.
     *
     * @return false when the hub stops; then there is no place, and the attempt must not begin
     */
    boolean take(Delivery delivery);
}
