package camelbell.runtime.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose request is worked on next. Everybody has at most so many under way, and all together at most so many; whoever has
 * requests waiting gets one turn after the other person's, however many either of them has.
 *
 * @param <K> what tells people apart
 */
final class FairQueue<K> {

    private final int perPerson;
    private final int waiting;
    private final int inAll;
    private final Map<K, PersonQueue<K>> people = new HashMap<>();
    /** Those who wait and have fewer under way than they may, in the order of their turns. */
    private final Set<PersonQueue<K>> next = new LinkedHashSet<>();

    private int underWay;
    private int queued;

    /** @param waiting how many of one person wait beyond those under way */
    FairQueue(int perPerson, int waiting, int inAll) {
        this.perPerson = perPerson;
        this.waiting = waiting;
        this.inAll = inAll;
    }

    /** One request; {@link #leave} must be called for it once, whatever becomes of it. */
    static final class Turn<K> {

        private final PersonQueue<K> person;
        private final Runnable begin;
        private @Nullable Boolean begun = false;

        private Turn(PersonQueue<K> person, Runnable begin) {
            this.person = person;
            this.begin = begin;
        }
    }

    private static final class PersonQueue<K> {

        private final K key;
        private final Deque<Turn<K>> queue = new ArrayDeque<>();
        private int underWay;

        PersonQueue(K key) {
            this.key = key;
        }
    }

    /** Begins now or later, or null when the person has as many waiting as they may. */
    @Nullable
    Turn<K> enter(K key, Runnable begin) {
        List<Turn<K>> begun;
        Turn<K> turn;
        synchronized (this) {
            PersonQueue<K> person = people.computeIfAbsent(key, PersonQueue::new);
            if (person.queue.size() >= waiting && (person.underWay >= perPerson || underWay >= inAll)) {
                forgetIdle(person);
                return null;
            }
            turn = new Turn<>(person, begin);
            person.queue.add(turn);
            queued++;
            line(person);
            begun = advance();
        }
        begun.forEach(one -> one.begin.run());
        return turn;
    }

    /** The request has ended, or nobody waits for it any more. */
    void leave(Turn<K> turn) {
        List<Turn<K>> begun;
        synchronized (this) {
            PersonQueue<K> person = turn.person;
            if (turn.begun == null) {
                return;
            }
            if (turn.begun) {
                person.underWay--;
                underWay--;
            } else if (person.queue.remove(turn)) {
                queued--;
            }
            turn.begun = null;
            line(person);
            begun = advance();
            forgetIdle(person);
        }
        begun.forEach(one -> one.begin.run());
    }

    /** Whether the request still waits, and if so, whether for another one of the same person. */
    synchronized Wait waits(Turn<K> turn) {
        if (turn.begun == null || turn.begun) {
            return Wait.NO;
        }
        return turn.person.underWay >= perPerson ? Wait.FOR_OWN : Wait.FOR_OTHERS;
    }

    enum Wait {
        NO,
        FOR_OWN,
        FOR_OTHERS
    }

    synchronized int underWay() {
        return underWay;
    }

    synchronized int queued() {
        return queued;
    }

    private void line(PersonQueue<K> person) {
        if (person.queue.isEmpty() || person.underWay >= perPerson) {
            next.remove(person);
        } else {
            next.add(person);
        }
    }

    private List<Turn<K>> advance() {
        List<Turn<K>> begun = new ArrayList<>();
        while (underWay < inAll && !next.isEmpty()) {
            Iterator<PersonQueue<K>> first = next.iterator();
            PersonQueue<K> person = first.next();
            first.remove();
            Turn<K> turn = person.queue.remove();
            turn.begun = true;
            queued--;
            underWay++;
            person.underWay++;
            line(person); // behind the others
            begun.add(turn);
        }
        return begun;
    }

    private void forgetIdle(PersonQueue<K> person) {
        if (person.underWay == 0 && person.queue.isEmpty()) {
            people.remove(person.key);
        }
    }
}
