package camelbell.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** A batch on its way into the database, portion by portion; each is planned only when its turn has come. */
public final class Portions implements Iterator<Portion> {

    private final Iterator<Portion> planned;
    private final Deque<Portion> first = new ArrayDeque<>();

    public Portions(Iterator<Portion> planned) {
        this.planned = planned;
    }

    @Override
    public boolean hasNext() {
        return !first.isEmpty() || planned.hasNext();
    }

    @Override
    public Portion next() {
        Portion again = first.poll();
        return again == null ? planned.next() : again;
    }

    /** These come next, in this order, instead of one that could not be recorded as it was. */
    public void putBack(List<Portion> instead) {
        for (int i = instead.size(); i > 0; i--) {
            first.addFirst(instead.get(i - 1));
        }
    }
}
