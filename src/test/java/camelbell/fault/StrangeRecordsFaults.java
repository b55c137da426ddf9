package camelbell.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Records with values that nobody foresaw: they are put aside, or taken, and never stop what is behind them. */
class StrangeRecordsFaults {

    private static final Duration LASTS = Duration.ofSeconds(20);
    private static final int PARTITIONS = 6;

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void a_time_beyond_the_year_9999_is_a_dead_letter_and_holds_up_nothing() throws Exception {
        try (Siege siege = new Siege("time beyond year 9999 on every partition")) {
            siege.under(
                    hub -> {
                        for (int i = 0; i < PARTITIONS * 4; i++) {
                            String key = "beyond-" + i;
                            byte[] value = event(key)
                                    .put("time", "9999-12-31T23:59:59-05:00")
                                    .toString()
                                    .getBytes(UTF_8);
                            siege.run.bad.add(Bad.of(key, value, "INVALID_FIELD", "/time"));
                            siege.rig().topics.post("ticket-events", key, new String(value, UTF_8));
                        }
                    },
                    LASTS);
            siege.ends("24 records");
        }
    }

    @Test
    void an_event_without_a_time_is_recorded_whatever_the_timestamp_of_its_record() throws Exception {
        List<Long> timestamps = List.of(0L, 1_735_038_600_000_000L, 253_402_300_800_000L, Long.MAX_VALUE);
        try (Siege siege = new Siege("no time, odd record timestamps")) {
            siege.rig().topics.set("ticket-events", "message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
            siege.under(
                    hub -> {
                        try (Bulk upstream = new Bulk(siege.rig(), "none")) {
                            for (int i = 0; i < timestamps.size(); i++) {
                                String id = "timeless-" + i;
                                upstream.post(
                                        "ticket-events",
                                        id,
                                        event(id).toString().getBytes(UTF_8),
                                        timestamps.get(i));
                            }
                            upstream.flush();
                        }
                    },
                    LASTS);
            long recorded = siege.rig()
                    .database
                    .count("SELECT count(*) FROM ticket_event WHERE event_id LIKE 'timeless-%'"
                            + " AND occurred_at BETWEEN '1970-01-01Z' AND '9999-12-31Z'");
            siege.findings.lostUnless(recorded == timestamps.size(), "events without a time recorded", recorded);
            siege.ends("timestamps " + timestamps);
        }
    }

    @Test
    void what_the_database_refuses_is_put_aside_and_its_batch_is_recorded() throws Exception {
        try (Siege siege = new Siege("records that PostgreSQL refuses")) {
            siege.under(
                    hub -> {
                        siege.rig()
                                .database
                                .execute("ALTER TABLE ticket_event ADD CONSTRAINT fault_suite"
                                        + " CHECK (ticket_title NOT LIKE '%unstorable%')");
                        for (int i = 0; i < PARTITIONS * 4; i++) {
                            String key = "unstorable-" + i;
                            String value = Beside.titled(event(key), Workload.TITLE_MARKER + " unstorable " + i)
                                    .toString();
                            siege.run.bad.add(Bad.of(key, value.getBytes(UTF_8), "UNSTORABLE", ""));
                            siege.rig().topics.post("ticket-events", key, value);
                        }
                        siege.rig().post(siege.run.workload.next(100));
                    },
                    LASTS);
            siege.ends("24 records among 100 good ones, a CHECK constraint on titles");
        }
    }

    @Test
    void odd_times_sizes_and_headers_become_what_the_contract_says() throws Exception {
        OddEvents odd = new OddEvents();
        try (Siege siege = new Siege("odd times, sizes and headers")) {
            odd.all().stream()
                    .filter(one -> !one.recorded() && !one.either())
                    .forEach(one -> siege.run.bad.add(one.bad()));
            siege.under(
                    hub -> {
                        Collections.shuffle(odd.all(), siege.run.random);
                        odd.all().forEach(one -> siege.rig().topics.post(one));
                        siege.rig().topics.flush();
                    },
                    LASTS);
            Wait.hasCome(
                    () -> "all read",
                    Duration.ofMinutes(1),
                    () -> siege.rig().topics.lag() == 0);
            OddTitles.check(siege.rig(), odd.posted(), siege.findings);
            Set<String> recorded = siege
                    .rig()
                    .database
                    .rows("SELECT event_id FROM ticket_event WHERE source = '" + Beside.SOURCE + "'")
                    .stream()
                    .map(row -> row.get(0))
                    .collect(Collectors.toSet());
            Set<String> deadLetters = new HashSet<>();
            siege.rig()
                    .topics
                    .each("ticket-events-dlt", deadLetter -> deadLetters.add(new String(deadLetter.key(), UTF_8)));
            for (Odd one : odd.all()) {
                boolean right = one.recorded()
                        ? recorded.contains(one.id())
                        : recorded.contains(one.id()) != deadLetters.contains(one.id());
                siege.findings.lostUnless(right, "odd event that must be " + one.right(), one.id());
            }
            deadLetters.retainAll(
                    odd.all().stream().filter(Odd::either).map(Odd::id).collect(Collectors.toSet()));
            siege.run.either.addAll(deadLetters);
            siege.ends(odd.all().size() + " records, " + siege.run.bad.size() + " of them bad");
        }
    }

    private static ObjectNode event(String id) {
        return Beside.event(id, "ticket_assigned", 7, List.of(3L));
    }
}
