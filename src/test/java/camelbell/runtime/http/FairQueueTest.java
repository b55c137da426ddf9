package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two under way and two waiting for each person, three under way in all. */
class FairQueueTest {

    private final FairQueue<String> turns = new FairQueue<>(2, 2, 3);
    private final List<String> begun = new ArrayList<>();

    @Test
    void a_person_has_so_many_under_way_and_so_many_waiting_and_no_more() {
        FairQueue.Turn<String> first = enter("a", "a1");
        enter("a", "a2");
        FairQueue.Turn<String> third = enter("a", "a3");
        enter("a", "a4");

        assertThat(turns.enter("a", () -> begun.add("a5"))).isNull();
        assertThat(begun).containsExactly("a1", "a2");
        assertThat(turns.waits(third)).isEqualTo(FairQueue.Wait.FOR_OWN);
        turns.leave(first);
        assertThat(begun).containsExactly("a1", "a2", "a3");
        assertThat(turns.waits(third)).isEqualTo(FairQueue.Wait.NO);
    }

    @Test
    void whoever_has_many_waiting_has_one_turn_after_the_others() {
        FairQueue.Turn<String> one = enter("x", "x1");
        FairQueue.Turn<String> two = enter("y", "y1");
        FairQueue.Turn<String> three = enter("z", "z1");
        enter("a", "a1");
        enter("a", "a2");
        FairQueue.Turn<String> other = enter("b", "b1");

        assertThat(turns.waits(other)).isEqualTo(FairQueue.Wait.FOR_OTHERS);
        turns.leave(one);
        turns.leave(two);
        turns.leave(three);
        assertThat(begun).containsExactly("x1", "y1", "z1", "a1", "b1", "a2");
    }

    @Test
    void who_stops_waiting_is_passed_over_and_leaving_twice_counts_once() {
        FairQueue.Turn<String> first = enter("a", "a1");
        enter("a", "a2");
        FairQueue.Turn<String> gone = enter("a", "a3");
        enter("a", "a4");

        turns.leave(gone);
        turns.leave(gone);
        turns.leave(first);
        turns.leave(first);
        assertThat(begun).containsExactly("a1", "a2", "a4");
        assertThat(turns.underWay()).isEqualTo(2);
        assertThat(turns.queued()).isZero();
    }

    private FairQueue.Turn<String> enter(String who, String what) {
        return Objects.requireNonNull(turns.enter(who, () -> begun.add(what)));
    }
}
