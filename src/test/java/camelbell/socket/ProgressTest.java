package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    @Test
    void a_client_that_says_nothing_starts_at_the_newest_row() {
        Progress progress = new Progress(300, null);

        assertThat(progress.begin(inbox(7))).isFalse();
        assertThat(drain(progress, inbox(7))).isEmpty();
        assertThat(drain(progress, inbox(9))).containsExactly(8L, 9L);
    }

    @Test
    void a_client_that_says_what_it_has_gets_the_rest() {
        Progress progress = new Progress(300, 4L);

        assertThat(progress.begin(inbox(7))).isFalse();
        assertThat(drain(progress, inbox(7))).containsExactly(5L, 6L, 7L);
    }

    @Test
    void three_hundred_missed_are_replayed_and_one_more_is_a_resync() {
        Progress just = new Progress(300, 0L);
        assertThat(just.begin(inbox(300))).isFalse();
        assertThat(drain(just, inbox(300))).hasSize(300);

        Progress tooFar = new Progress(300, 0L);
        assertThat(tooFar.begin(inbox(301))).isTrue();
        assertThat(drain(tooFar, inbox(301))).isEmpty();
        assertThat(drain(tooFar, inbox(302))).containsExactly(302L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "", "9223372036854775808", "8", "1.5", "٣"})
    void a_since_that_cannot_be_is_a_resync(String since) {
        Progress progress = new Progress(300, Progress.seq(since));

        assertThat(progress.begin(inbox(7))).isTrue();
        assertThat(drain(progress, inbox(8))).containsExactly(8L);
    }

    @Test
    void a_connected_client_is_never_told_to_resync_however_much_comes_at_once() {
        Progress progress = new Progress(300, null);
        progress.begin(inbox(0));

        assertThat(drain(progress, inbox(1000))).hasSize(1000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void resuming_sends_what_this_connection_has_not_had_and_nothing_twice() {
        Progress progress = new Progress(300, null);
        progress.begin(inbox(10));
        assertThat(drain(progress, inbox(11))).containsExactly(11L);

        progress.wish(5);
        assertThat(progress.resume(inbox(11))).isFalse();
        assertThat(drain(progress, inbox(12))).containsExactly(6L, 7L, 8L, 9L, 10L, 12L);

        progress.wish(5);
        progress.wish(3);
        progress.wish(8);
        assertThat(progress.resume(inbox(12))).isFalse();
        assertThat(drain(progress, inbox(12))).containsExactly(4L, 5L);
    }

    @Test
    void resuming_further_back_while_a_replay_is_under_way_sends_each_row_once() {
        Progress progress = new Progress(300, null);
        progress.begin(inbox(10));
        progress.wish(5);
        progress.resume(inbox(10));
        progress.next(1, inbox(10));
        progress.sentUpTo(6);
        progress.wish(3);
        progress.resume(inbox(10));

        assertThat(drain(progress, inbox(10))).containsExactly(4L, 5L, 7L, 8L, 9L, 10L);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1001, Long.MAX_VALUE})
    void resuming_from_too_far_back_or_from_the_future_is_a_resync(long seq) {
        Progress progress = new Progress(300, null);
        progress.begin(inbox(1000));
        progress.wish(seq);

        assertThat(progress.resume(inbox(1000))).isTrue();
        assertThat(drain(progress, inbox(1001))).containsExactly(1001L);
    }

    @Test
    void unread_counts_are_told_when_they_change() {
        Progress progress = new Progress(300, null);
        progress.begin(inbox(1));

        Inbox read = new Inbox(1, Map.of("SYSTEM", 0L));
        assertThat(progress.unreadIsNews(inbox(1))).isFalse();
        assertThat(progress.unreadIsNews(read)).isTrue();
        progress.unreadTold(read);
        assertThat(progress.unreadIsNews(read)).isFalse();
    }

    private static Inbox inbox(long lastSeq) {
        return new Inbox(lastSeq, Map.of("SYSTEM", lastSeq));
    }

    private static List<Long> drain(Progress progress, Inbox inbox) {
        List<Long> sent = new ArrayList<>();
        for (@Nullable SeqRange next = progress.next(1, inbox); next != null; next = progress.next(1, inbox)) {
            for (long seq = next.after() + 1; seq <= next.upTo(); seq++) {
                sent.add(seq);
                progress.sentUpTo(seq);
            }
        }
        return sent;
    }
}
