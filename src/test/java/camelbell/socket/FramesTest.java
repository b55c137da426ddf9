package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.Person;
import camelbell.model.Ticket;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static final Instant TIME = Instant.parse("2025-12-24T10:30:00Z");
    private static final Person JOHN =
            new Person(2, "john_client", "John Client", "CLIENT", true, null, null, Map.of());

    @Test
    void a_notification_has_the_guides_keys_then_ours_and_no_type() {
        assertThat(notification(item(2, TIME)))
                .isEqualTo("{\"notification_type\":\"ticket_created\","
                        + "\"message\":\"New High priority ticket created: Homepage not loading\","
                        + "\"ticket\":{\"id\":5,\"title\":\"Homepage not loading\",\"priority\":\"HIGH\","
                        + "\"priority_display\":\"High\",\"category\":\"BUG\",\"status\":\"NEW\","
                        + "\"created_by\":\"John Client\",\"project_name\":\"Main Website\","
                        + "\"created_at\":\"2025-12-24T10:30:00Z\"},\"timestamp\":\"2025-12-24T10:30:00Z\","
                        + "\"id\":123,\"event_id\":\"INC5-open\",\"seq\":9,\"unread_count\":3,"
                        + "\"unread_by_type\":{\"EMAIL\":1,\"WHATSAPP\":0,\"SYSTEM\":2}}");
    }

    @Test
    void a_creator_whom_the_directory_does_not_know_is_named_by_his_id() {
        assertThat(notification(item(77, TIME))).contains("\"created_by\":\"77\"");
    }

    @Test
    void fractions_of_a_second_are_kept_to_microseconds() {
        assertThat(notification(item(2, TIME.plusNanos(120_000_900))))
                .contains("\"timestamp\":\"2025-12-24T10:30:00.120000Z\"");
    }

    @Test
    void the_greeting_names_the_user_the_unread_count_and_the_newest_seq() {
        assertThat(Frames.text(new Frame.Greeting("john_admin", 1, inbox())))
                .isEqualTo("{\"type\":\"connection_established\",\"message\":\"Connected successfully as john_admin\","
                        + "\"user_id\":1,\"unread_count\":3,"
                        + "\"unread_by_type\":{\"EMAIL\":1,\"WHATSAPP\":0,\"SYSTEM\":2},\"seq\":9}");
    }

    @Test
    void unread_counts_name_every_channel() {
        assertThat(Frames.text(new Frame.Unread(inbox())))
                .isEqualTo("{\"type\":\"unread_count\",\"count\":3,"
                        + "\"by_type\":{\"EMAIL\":1,\"WHATSAPP\":0,\"SYSTEM\":2}}");
    }

    private static String notification(InboxItem item) {
        return Frames.notification(Frames.common(item.event(), Map.of(2L, JOHN)), item, inbox());
    }

    private static InboxItem item(long creator, Instant createdAt) {
        Ticket ticket = new Ticket(5, "Homepage not loading", "HIGH", "BUG", "NEW", creator, "Main Website", TIME);
        return new InboxItem(
                9,
                123,
                new InboxEvent(
                        "INC5-open",
                        "ticket_created",
                        "New High priority ticket created: Homepage not loading",
                        ticket),
                createdAt);
    }

    private static Inbox inbox() {
        Map<String, Long> unread = new LinkedHashMap<>();
        unread.put("EMAIL", 1L);
        unread.put("WHATSAPP", 0L);
        unread.put("SYSTEM", 2L);
        return new Inbox(9, unread);
    }
}
