package camelbell.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.Arrival;
import camelbell.model.Channel;
import camelbell.model.DecodedBatch;
import camelbell.model.Directory;
import camelbell.model.IncomingRecord;
import camelbell.model.Person;
import camelbell.model.Plan;
import camelbell.model.Policy;
import camelbell.model.Portions;
import camelbell.model.ReceivedEvent;
import camelbell.model.Suppressions;
import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import camelbell.runtime.TestOperators;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.FileSystemResource;

/** The guide's table of types, recipients and channels, by the policy table that ships. */
class RecipientPlannerTest {

    private static final Person ANNA =
            person(1, "ADMIN", true, Map.of("email", "a@example.org", "whatsapp_number", "+1"));
    private static final Person ADAM = person(2, "ADMIN", true, Map.of("email", "b@example.org"));
    private static final Person CARLA = person(3, "CLIENT", true, Map.of("whatsapp_number", "+2"));
    private static final Person DORA = person(4, "DEVELOPER", true, Map.of());
    private static final Person GONE = person(5, "DEVELOPER", false, Map.of("email", "g@example.org"));

    private final RecipientPlanner planner = new RecipientPlanner(
            shippedPolicy(),
            new People(ANNA, ADAM, CARLA, DORA, GONE),
            new AdamWantsNoMail(),
            TestOperators.simple(),
            new FailedConditions(new SimpleMeterRegistry()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ticket_created  | 1 2   | EMAIL WHATSAPP SYSTEM | New Ticket Created | New High priority ticket created: Down
            ticket_opened   | 3     | EMAIL WHATSAPP SYSTEM | Ticket Opened      | Your ticket has been opened: Down
            ticket_assigned | 4     | EMAIL WHATSAPP SYSTEM | Ticket Assigned    | You have been assigned to ticket: Down
            work_started    | 3     | EMAIL WHATSAPP SYSTEM | Work Started       | Work has started on your ticket: Down
            work_finished   | 3 1 2 | EMAIL WHATSAPP SYSTEM | Work Finished      | Work has been finished on ticket: Down
            ticket_approved | 1 2 4 | WHATSAPP SYSTEM       | Ticket Approved    | Ticket approved: Down
            ticket_rejected | 1 2 4 | WHATSAPP SYSTEM       | Ticket Rejected    | Ticket rejected: Down
            """)
    void each_event_is_told_to_the_guides_recipients_over_the_guides_channels(
            String type, String recipients, String channels, String subject, String message) {
        Plan plan = plan(type, 3, 4, 5);
        assertThat(String.join(
                        " ",
                        plan.notices().stream()
                                .map(notice -> Long.toString(notice.recipient().id()))
                                .distinct()
                                .toList()))
                .isEqualTo(recipients);
        assertThat(String.join(
                        " ",
                        plan.notices().stream()
                                .map(notice -> notice.channel().code())
                                .distinct()
                                .toList()))
                .isEqualTo(channels);
        assertThat(plan.subject()).isEqualTo(subject);
        assertThat(plan.message()).isEqualTo(message);
    }

    @Test
    void a_person_in_two_roles_is_told_once() {
        assertThat(plan("work_finished", 1).notices())
                .filteredOn(notice -> notice.recipient().id() == 1)
                .hasSize(3);
        assertThat(plan("ticket_approved", 3, 1, 2).notices()).hasSize(4);
    }

    @Test
    void who_is_inactive_or_unknown_is_not_told() {
        assertThat(plan("ticket_assigned", 3, 5, 99).notices()).isEmpty();
        assertThat(plan("ticket_opened", 99).notices()).isEmpty();
    }

    @Test
    void who_has_no_address_for_a_channel_gets_a_skipped_notice() {
        assertThat(plan("ticket_assigned", 3, 4).notices())
                .extracting(notice -> notice.channel().code() + " " + notice.skipped())
                .containsExactly("EMAIL NO_ADDRESS", "WHATSAPP NO_ADDRESS", "SYSTEM null");
    }

    @Test
    void who_has_opted_out_of_a_channel_gets_a_skipped_notice_there_and_is_told_on_the_others() {
        assertThat(plan("ticket_created", 3).notices())
                .extracting(notice ->
                        notice.recipient().id() + " " + notice.channel().code() + " " + notice.skipped())
                .containsExactly(
                        "1 EMAIL null",
                        "1 WHATSAPP null",
                        "1 SYSTEM null",
                        "2 EMAIL OPTED_OUT",
                        "2 WHATSAPP NO_ADDRESS",
                        "2 SYSTEM null");
    }

    @Test
    void a_batch_is_cut_behind_the_event_that_plans_enough_rows_and_planned_no_further() {
        Ticket ticket = new Ticket(9, "Down", "HIGH", "BUG", "NEW", 3, "Main", Instant.EPOCH);
        TicketEvent twoAdmins =
                new TicketEvent("urn:x", "e", "ticket_created", Instant.EPOCH, ticket, null, List.of()); // six rows
        Portions portions = portions(10, twoAdmins, twoAdmins, twoAdmins, twoAdmins, twoAdmins);
        List<Integer> sizes = new ArrayList<>();
        portions.forEachRemaining(portion -> {
            sizes.add(portion.plans().size());
            assertThat(portion.arrivals()).hasSameSizeAs(portion.plans());
        });
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    private Plan plan(String type, long creator, long... assignees) {
        Instant time = Instant.EPOCH;
        Ticket ticket = new Ticket(9, "Down", "HIGH", "BUG", "NEW", creator, "Main", time);
        return portions(5000, new TicketEvent("urn:x", "e", type, time, ticket, null, ids(assignees)))
                .next()
                .plans()
                .get(0);
    }

    private Portions portions(int rows, TicketEvent... events) {
        List<Arrival> arrivals = new ArrayList<>();
        for (TicketEvent event : events) {
            arrivals.add(new ReceivedEvent(record(arrivals.size()), event));
        }
        return planner.portions(new DecodedBatch(arrivals), rows);
    }

    private static List<Long> ids(long... ids) {
        return LongStream.of(ids).boxed().toList();
    }

    private static IncomingRecord record(int offset) {
        return new IncomingRecord("events", 0, offset, 0L, Instant.EPOCH, null, null, Map.of());
    }

    private static Policy shippedPolicy() {
        return PolicyFile.read(
                new FileSystemResource("routes/policy.yaml"), RouteIds.in("file:routes"), TestOperators.simple());
    }

    private static Person person(long id, String role, boolean active, Map<String, String> contacts) {
        return new Person(id, "user" + id, "User " + id, role, active, null, null, contacts);
    }

    /** Adam has opted out of e-mail; whom nobody expected is an error, as the database would be asked one by one. */
    private static final class AdamWantsNoMail implements Suppressions {

        private final Set<Long> expected = new HashSet<>();

        @Override
        public boolean lift(long person, String channel, String why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void expect(Collection<Person> people) {
            people.forEach(person -> expected.add(person.id()));
        }

        @Override
        public boolean isKnown(Person person) {
            return true;
        }

        @Override
        public @Nullable String reason(Person person, Channel channel) {
            assertThat(expected).contains(person.id());
            return person.id() == ADAM.id() && channel.code().equals("EMAIL") ? OPTED_OUT : null;
        }

        @Override
        public void forget(long person) {
            expected.remove(person);
        }
    }

    /** A directory in memory: the port's other side needs a database, this decision does not. */
    private record People(Person... all) implements Directory {

        @Override
        public @Nullable Person person(long id) {
            return people(List.of(id)).get(id);
        }

        @Override
        public Map<Long, Person> people(Collection<Long> ids) {
            Map<Long, Person> found = new HashMap<>();
            List.of(all).stream()
                    .filter(person -> ids.contains(person.id()))
                    .forEach(person -> found.put(person.id(), person));
            return found;
        }

        @Override
        public List<Person> activeWithRole(String role) {
            return List.of(all).stream()
                    .filter(person -> person.active() && person.role().equals(role))
                    .toList();
        }

        @Override
        public List<Person> activeInGroup(String group) {
            return List.of(all).stream()
                    .filter(person -> person.active() && person.groups().contains(group))
                    .toList();
        }
    }
}
