package camelbell.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.Arrival;
import camelbell.model.Channel;
import camelbell.model.DecodedBatch;
import camelbell.model.Directory;
import camelbell.model.IncomingRecord;
import camelbell.model.Operators;
import camelbell.model.Person;
import camelbell.model.Plan;
import camelbell.model.Plan.Candidates;
import camelbell.model.Plan.Weighed;
import camelbell.model.Plan.Weighed.Outcome;
import camelbell.model.Policy;
import camelbell.model.Portion;
import camelbell.model.ReceivedEvent;
import camelbell.model.Suppressions;
import camelbell.model.Ticket;
import camelbell.model.TicketEvent;
import camelbell.model.Wording;
import camelbell.runtime.TestOperators;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

/** Several rules for an event, their conditions, and what counts otherwise: from the table's text to the plan. */
class PolicyRulesTest {

    private final People people = new People();
    private final CountedOperators operators = new CountedOperators();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    PolicyRulesTest() {
        people.add(1, "ADMIN", true, "on-call");
        people.add(2, "ADMIN", true);
        people.add(3, "CLIENT", true);
        people.add(4, "DEVELOPER", true, "on-call", "support");
        people.add(5, "DEVELOPER", false, "on-call");
    }

    @Test
    void every_kind_of_audience_can_be_named() {
        String tell =
                "tell: [admins, creator, assignees, actor, role: DEVELOPER, group: support, person: 3, person: 99]";
        Plan plan = plan(single(tell), event("HIGH"));

        assertThat(told(plan)).containsExactly("1 EMAIL", "2 EMAIL", "3 EMAIL", "4 EMAIL");
        assertThat(plan.candidates())
                .extracting(found -> found.audience().label() + " " + found.told() + found.inactive() + found.unknown())
                .containsExactly(
                        "ADMINS [1, 2][][]",
                        "CREATOR [3][][]",
                        "ASSIGNEES [4][5][]",
                        "ACTOR [2][][]",
                        "ROLE DEVELOPER [4][][]",
                        "GROUP support [4][][]",
                        "PERSON 3 [3][][]",
                        "PERSON 99 [][][99]");
    }

    @Test
    void an_event_of_one_row_that_always_counts_has_no_more_to_say_than_before() {
        Plan plan = plan(single("tell: [admins]"), event("LOW"));

        assertThat(plan.rules()).isEmpty();
        assertThat(plan.words()).hasSize(1);
        assertThat(plan.notices()).extracting(Plan.Notice::words).containsOnly(Plan.OWN_WORDS);
    }

    @Test
    void who_stands_in_two_rules_is_told_once_over_the_union_on_each_in_the_words_of_the_first_that_names_it() {
        Plan plan = plan(
                """
                    over: [EMAIL]
                    subject: Common
                    message: "Common: {title}"
                    rules:
                      - tell: [admins]
                      - tell: [group: on-call]
                        over: [SYSTEM, EMAIL]
                        message: "On call: {title}"
                """,
                event("HIGH"));

        assertThat(words(plan))
                .containsExactly(
                        "1 EMAIL Common/Common: Down",
                        "1 SYSTEM Common/On call: Down",
                        "2 EMAIL Common/Common: Down",
                        "4 SYSTEM Common/On call: Down",
                        "4 EMAIL Common/On call: Down");
        assertThat(plan.over()).extracting(Channel::code).containsExactly("EMAIL", "SYSTEM");
        assertThat(plan.words()).extracting(said -> said.template()).containsExactly("thing_happened", "");
    }

    @Test
    void only_what_is_urgent_goes_over_whatsapp_and_not_to_who_did_it() {
        String rules =
                """
                    subject: S
                    message: M
                    rules:
                      - tell: [admins]
                        over: [EMAIL]
                      - tell: [admins]
                        over: [WHATSAPP]
                        when: ${ticket.priority} == 'HIGH' && ${person.id} != ${event.actor}
                """;
        assertThat(told(plan(rules, event("HIGH")))).containsExactly("1 EMAIL", "1 WHATSAPP", "2 EMAIL");
        Plan low = plan(rules, event("LOW"));
        assertThat(told(low)).containsExactly("1 EMAIL", "2 EMAIL");
        assertThat(low.rules())
                .extracting(Weighed::outcome)
                .containsExactly(Outcome.COUNTED, Outcome.CONDITION_NOT_MET);
        Candidates unmet = plan(rules, event("HIGH")).candidates().get(1);
        assertThat(unmet.told()).containsExactly(1L);
        assertThat(unmet.unmet()).containsExactly(2L);
    }

    @Test
    void a_project_can_have_an_audience_more_and_any_of_several_conditions_is_enough() {
        String rules = single("tell: [group: support]")
                + "    when: ${ticket.project} == 'Main' || ${person.department} == 'IT'\n";
        assertThat(told(plan(rules, event("LOW")))).containsExactly("4 EMAIL");
        assertThat(told(plan(rules, event("LOW", "Other", Map.of())))).isEmpty();
        people.contact(4, "department", "IT");
        assertThat(told(plan(rules, event("LOW", "Other", Map.of())))).containsExactly("4 EMAIL");
    }

    @Test
    void the_fallback_audience_counts_when_the_rules_name_nobody_who_can_be_told() {
        String rules = single("tell: [assignees]")
                + """
                    when: ${ticket.priority} == 'HIGH'
                    otherwise:
                      tell: [group: support, creator]
                      message: Nobody else
                """;
        assertThat(told(plan(rules, event("HIGH")))).containsExactly("4 EMAIL");
        Plan otherwise = plan(rules, event("LOW"));
        assertThat(words(otherwise)).containsExactly("4 EMAIL S/Nobody else", "3 EMAIL S/Nobody else");
        assertThat(otherwise.rules()).extracting(Weighed::number).containsExactly(1, 0);
        people.remove(4);
        assertThat(told(plan(rules, event("HIGH")))).containsExactly("3 EMAIL");
    }

    @Test
    void a_condition_that_fails_for_one_person_is_that_persons_outcome_and_the_others_are_told() {
        people.contact(1, "badge", "7");
        people.contact(2, "badge", "seven");
        String rules = single("tell: [admins]") + "    when: ${person.badge} > 3\n";
        Plan plan = plan(rules, event("LOW"));

        assertThat(told(plan)).containsExactly("1 EMAIL");
        assertThat(meters.counter("camelbell.conditions.failed", "type", "thing_happened")
                        .count())
                .isEqualTo(1);
        assertThat(plan.candidates().get(0).failed()).containsExactly(2L);
        assertThat(plan.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.outcome()).isEqualTo(Outcome.COUNTED);
            assertThat(rule.error()).isEqualTo("${person.badge} > 3: a value is no number");
        });
        assertThat(planner(rules).plan(event("LOW"))).as("what is only asked").isEqualTo(plan);
        assertThat(meters.counter("camelbell.conditions.failed", "type", "thing_happened")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_condition_that_fails_for_the_event_is_the_rules_outcome_and_the_other_rules_count() {
        String rules =
                """
                    over: [EMAIL]
                    subject: S
                    message: M
                    rules:
                      - tell: [admins]
                        when: ${ticket.severity} > 3 && ${person.id} > 0
                      - tell: [creator]
                        when: ${ticket.severity} > 3 || ${ticket.priority} == 'LOW'
                      - tell: [group: support]
                        when: ${ticket.severity} > 3 && ${ticket.priority} == 'HIGH'
                """;
        Plan plan = plan(rules, event("LOW", "Main", Map.of("severity", "high")));

        assertThat(told(plan)).containsExactly("3 EMAIL");
        assertThat(plan.rules())
                .extracting(rule -> rule.outcome() + " " + rule.error())
                .containsExactly(
                        "CONDITION_FAILED ${ticket.severity} > 3: a value is no number",
                        "COUNTED ${ticket.severity} > 3: a value is no number",
                        "CONDITION_NOT_MET ${ticket.severity} > 3: a value is no number");
        assertThat(told(plan(rules, event("LOW", "Main", Map.of("severity", "4")))))
                .hasSize(3);
    }

    @Test
    void what_does_not_name_the_person_is_evaluated_once_and_nobody_is_looked_up_for_a_rule_that_does_not_count() {
        for (long id = 1000; id < 6000; id++) {
            people.add(id, "ADMIN", true);
        }
        String rules = single("tell: [admins]")
                + "    when: ${ticket.priority} == 'HIGH' && ${person.id} != ${event.actor} && ${ticket.project} == 'Main'\n";
        Plan plan = plan(rules, event("HIGH"));

        assertThat(plan.notices()).hasSize(5001);
        assertThat(operators.asked).containsOnly(Map.entry("==", 2), Map.entry("!=", 5002));
        people.asked.clear();
        operators.asked.clear();
        assertThat(plan(rules, event("LOW")).notices()).isEmpty();
        assertThat(operators.asked).containsOnly(Map.entry("==", 1));
        assertThat(people.asked).isEmpty();
    }

    @Test
    void a_person_in_two_audiences_of_a_rule_is_weighed_once() {
        plan(single("tell: [admins, group: on-call, actor]") + "    when: ${person.id} > 0\n", event("LOW"));

        assertThat(operators.asked).containsOnly(Map.entry(">", 3));
    }

    @Test
    void who_did_it_and_named_people_are_loaded_for_events_that_tell_them_alone() {
        plan(single("tell: [admins]"), event("LOW"));
        assertThat(people.loaded).containsExactlyInAnyOrder(3L, 4L, 5L);
        people.loaded.clear();
        plan(single("tell: [actor, person: 42]"), event("LOW"));
        assertThat(people.loaded).containsExactlyInAnyOrder(2L, 3L, 4L, 5L, 42L);
    }

    @Test
    void portions_are_cut_by_the_people_whom_rules_mean_and_are_the_same_when_planned_again() {
        String rules =
                """
                    over: [EMAIL]
                    subject: S
                    message: M
                    rules:
                      - tell: [group: on-call]
                        over: [SYSTEM]
                      - tell: [admins]
                        when: ${person.id} != 2
                """;
        List<Portion> once = portions(rules, 5, event("LOW"), event("LOW"), event("HIGH"));
        List<Portion> again = portions(rules, 5, event("LOW"), event("LOW"), event("HIGH"));

        assertThat(once).extracting(portion -> portion.plans().size()).containsExactly(2, 1);
        assertThat(once.get(0).plans().get(0).notices()).hasSize(3);
        assertThat(again)
                .extracting(Portion::plans)
                .isEqualTo(once.stream().map(Portion::plans).toList());
    }

    @Test
    void people_for_whom_a_condition_does_not_hold_fill_a_portion_and_only_the_first_are_listed() {
        for (long id = 1000; id < 6000; id++) {
            people.add(id, "CLIENT", true);
        }
        String rules = single("tell: [role: CLIENT]") + "    when: ${person.department} == 'x'\n";
        List<Portion> portions = portions(rules, 2000, event("LOW"), event("LOW"));

        assertThat(portions).extracting(portion -> portion.plans().size()).containsExactly(1, 1);
        Candidates clients = portions.get(0).plans().get(0).candidates().get(0);
        assertThat(clients.unmet()).hasSize(1000).startsWith(3L, 1000L);
        assertThat(clients.unlisted()).isEqualTo(4001);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${ticket.severity} > 1000",
                "1000 < ${ticket.severity}",
                "${ticket.severity} != 1",
                "${ticket.severity} !range '1..3'",
                "${ticket.severity} != ${person.id}",
                "${ticket.severity} in '1,12345678901234567890'",
                "${ticket.severity} contains 7890",
                "${ticket.severity} == '12345678901234567890'",
                "${ticket.severity} != '12345678901234567891'",
                "${ticket.severity} !in '1,12345678901234567891'"
            })
    void a_number_of_more_digits_than_a_machine_word_holds_is_compared_all_the_same(String when) {
        Plan plan = plan(
                single("tell: [creator]") + "    when: \"" + when + "\"\n",
                event("LOW", "Main", Map.of("severity", "12345678901234567890")));

        assertThat(told(plan)).containsExactly("3 EMAIL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${ticket.project_name} == null",
                "${ticket.project} == ''",
                "${ticket.severity} == null",
                "${person.groups} == null",
                "${person.groups} !contains 'on-call'",
                "${event.assignees} == null",
                "${person.id} !in ${event.assignees}"
            })
    void what_is_empty_is_null(String when) {
        TicketEvent full = event("LOW", "", Map.of("severity", ""));
        TicketEvent empty =
                new TicketEvent(full.source(), full.id(), full.type(), full.time(), full.ticket(), null, List.of());

        assertThat(told(plan(single("tell: [creator]") + "    when: \"" + when + "\"\n", empty)))
                .containsExactly("3 EMAIL");
    }

    @Test
    void a_rule_by_a_template_of_its_own_leaves_the_events_words_to_its_type() {
        Plan plan = plan(
                """
                    over: [EMAIL]
                    subject: S
                    message: M
                    rules:
                      - tell: [creator]
                        template: for_creators
                      - tell: [admins]
                """,
                event("LOW"));

        assertThat(plan.words()).extracting(said -> said.template()).containsExactly("thing_happened", "for_creators");
        assertThat(plan.notices())
                .extracting(notice -> plan.words().get(notice.words()).template())
                .containsExactly("for_creators", "thing_happened", "thing_happened");
        Plan alone = plan(single("tell: [creator]\n    template: for_creators"), event("LOW"));
        assertThat(alone.words())
                .containsExactly(new Wording("S", "M", "thing_happened"), new Wording("S", "M", "for_creators"));
        assertThat(alone.notices()).extracting(Plan.Notice::words).containsExactly(1);
    }

    @Test
    void further_fields_of_tickets_stand_in_words() {
        String rules =
                "    tell: [creator]\n    over: [EMAIL]\n    subject: \"{severity}\"\n    message: \"{title} ({severity})\"\n";

        assertThat(words(plan(rules, event("LOW", "Main", Map.of("severity", "$1 \\ {title}")))))
                .containsExactly("3 EMAIL $1 \\ {title}/Down ($1 \\ {title})");
        assertThat(words(plan(rules, event("LOW")))).containsExactly("3 EMAIL /Down ()");
    }

    private static String single(String tell) {
        return "    " + tell + "\n    over: [EMAIL]\n    subject: S\n    message: M\n";
    }

    private Plan plan(String rules, TicketEvent event) {
        return portions(rules, 100_000, event).get(0).plans().get(0);
    }

    private List<Portion> portions(String rules, int rows, TicketEvent... events) {
        List<Arrival> arrivals = new ArrayList<>();
        for (TicketEvent event : events) {
            arrivals.add(new ReceivedEvent(
                    new IncomingRecord("events", 0, arrivals.size(), 0L, Instant.EPOCH, null, null, Map.of()), event));
        }
        List<Portion> portions = new ArrayList<>();
        planner(rules).portions(new DecodedBatch(arrivals), rows).forEachRemaining(portions::add);
        return portions;
    }

    private RecipientPlanner planner(String rules) {
        return new RecipientPlanner(
                policy(rules), people, new NobodyIsSuppressed(), operators, new FailedConditions(meters));
    }

    private Policy policy(String rules) {
        String yaml =
                """
                channels:
                  EMAIL: { display: Email, route: channel-mail }
                  WHATSAPP: { display: WhatsApp, route: channel-whatsapp }
                  SYSTEM: { display: System Alert, route: channel-websocket, inbox: true }
                fields:
                  ticket: [severity]
                  person: [department, badge]
                events:
                  thing_happened:
                """
                        + rules;
        return PolicyFile.read(
                new ByteArrayResource(yaml.getBytes(UTF_8), "policy.yaml"),
                Set.of("channel-mail", "channel-whatsapp", "channel-websocket"),
                operators);
    }

    private static TicketEvent event(String priority) {
        return event(priority, "Main", Map.of());
    }

    private static TicketEvent event(String priority, String project, Map<String, String> further) {
        Ticket ticket = new Ticket(9, "Down", priority, "BUG", "NEW", 3, project, Instant.EPOCH, further);
        return new TicketEvent(
                "urn:x",
                "e",
                "thing_happened",
                Instant.EPOCH,
                ticket,
                2L,
                LongStream.of(4, 5).boxed().toList());
    }

    private static List<String> told(Plan plan) {
        return plan.notices().stream()
                .map(notice -> notice.recipient().id() + " " + notice.channel().code())
                .toList();
    }

    private static List<String> words(Plan plan) {
        return plan.notices().stream()
                .map(notice -> notice.recipient().id() + " " + notice.channel().code() + " "
                        + plan.words().get(notice.words()).subject() + "/"
                        + plan.words().get(notice.words()).message())
                .toList();
    }

    /** Camel's operators, and how often each is asked. */
    private static final class CountedOperators implements Operators {

        private final Map<String, Integer> asked = new TreeMap<>();

        @Override
        public boolean hold(@Nullable Object left, String operator, @Nullable Object right) {
            asked.merge(operator, 1, Integer::sum);
            return TestOperators.simple().hold(left, operator, right);
        }

        @Override
        public Collection<String> all() {
            return TestOperators.simple().all();
        }
    }

    /** A directory in memory that remembers what it is asked for. */
    private static final class People implements Directory {

        private final Map<Long, Person> all = new TreeMap<>();
        private final List<String> asked = new ArrayList<>();
        private final List<Long> loaded = new ArrayList<>();

        void add(long id, String role, boolean active, String... groups) {
            all.put(id, new Person(id, "u" + id, "User", role, active, null, null, Map.of(), List.of(groups)));
        }

        void contact(long id, String field, String value) {
            all.computeIfPresent(
                    id,
                    (key, old) -> new Person(
                            id, "u" + id, "User", old.role(), true, null, null, Map.of(field, value), old.groups()));
        }

        void remove(long id) {
            all.remove(id);
        }

        @Override
        public @Nullable Person person(long id) {
            return all.get(id);
        }

        @Override
        public Map<Long, Person> people(Collection<Long> ids) {
            loaded.addAll(ids);
            Map<Long, Person> found = new HashMap<>(all);
            found.keySet().retainAll(ids);
            return found;
        }

        @Override
        public List<Person> activeWithRole(String role) {
            asked.add(role);
            return all.values().stream()
                    .filter(person -> person.active() && person.role().equals(role))
                    .toList();
        }

        @Override
        public List<Person> activeInGroup(String group) {
            asked.add(group);
            return all.values().stream()
                    .filter(person -> person.active() && person.groups().contains(group))
                    .toList();
        }
    }

    private static final class NobodyIsSuppressed implements Suppressions {

        @Override
        public boolean lift(long person, String channel, String why) {
            return false;
        }

        @Override
        public void expect(Collection<Person> people) {}

        @Override
        public boolean isKnown(Person person) {
            return true;
        }

        @Override
        public @Nullable String reason(Person person, Channel channel) {
            return null;
        }

        @Override
        public void forget(long person) {}
    }
}
