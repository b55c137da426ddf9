package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    private static final int MOST = 10;

    private final Announcements here = new Announcements();
    private final Announcements elsewhere = new Announcements();

    @Test
    void all_who_were_named_since_the_last_record_are_told_by_one_each_once() throws Exception {
        here.gather(List.of(1L, 2L), MOST);
        here.gather(List.of(2L, 3L), MOST);

        assertThat(elsewhere.read(here.take())).containsExactly(1L, 2L, 3L);
        assertThat(here.take()).isEmpty();
    }

    @Test
    void who_is_named_after_a_record_is_in_the_next() throws Exception {
        here.gather(List.of(1L), MOST);
        String first = here.take();
        here.gather(List.of(1L, 4L), MOST);

        assertThat(elsewhere.read(first)).containsExactly(1L);
        assertThat(elsewhere.read(here.take())).containsExactly(1L, 4L);
    }

    @Test
    void no_more_are_gathered_than_there_is_room_for() throws Exception {
        here.gather(List.of(1L, 2L, 3L), 2);

        assertThat(elsewhere.read(here.take())).containsExactly(1L, 2L);
    }

    @Test
    void what_a_node_has_announced_itself_names_nobody() throws Exception {
        here.gather(List.of(1L), MOST);

        assertThat(here.read(here.take())).isEmpty();
    }
}
