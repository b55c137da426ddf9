package camelbell.fault;

import camelbell.fault.Workload.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * I1 to I7: what must hold once a fault is over and all work is done. What was posted is held against the tables, the
 * dead letters, the status topic and what the providers have; nothing is asked of the hub.
 */
final class Invariants {

    private final Rig rig;
    private final Workload workload;
    private final Findings findings = new Findings();
    private List<Bad> bad = List.of();
    private List<String> either = List.of();
    private BiPredicate<Expected, String> allowed = (row, status) -> status.equals(row.skipped() ? "SKIPPED" : "SENT");

    Invariants(Rig rig, Workload workload) {
        this.rig = rig;
        this.workload = workload;
    }

    /** Records that must lie on the dead letter topic. */
    Invariants deadLetters(List<Bad> records) {
        bad = records;
        return this;
    }

    /** Keys of records of which it is left open whether they are dead letters. */
    Invariants mayBeDeadLetters(List<String> keys) {
        either = keys;
        return this;
    }

    /** Where a provider refuses, a row may end otherwise than SENT or, without an address, SKIPPED. */
    Invariants ends(BiPredicate<Expected, String> ends) {
        allowed = ends;
        return this;
    }

    /** Waits until nothing is under way any more, then checks. */
    Audit settled(Duration most) {
        Wait.until(this::underWay, most, this::isSettled);
        return check();
    }

    private boolean isSettled() {
        return stored() >= workload.events()
                && rig.database.count("SELECT count(*) FROM delivery") == 0
                && rig.database.count("SELECT count(*) FROM status_outbox") == 0
                && rig.database.slices() == 0
                && rig.topics.lag() == 0;
    }

    private long stored() {
        return rig.database.count("SELECT count(*) FROM ticket_event WHERE source <> '" + Beside.SOURCE + "'");
    }

    private String underWay() {
        return "all work done: events "
                + stored() + " of " + workload.events()
                + ", deliveries by channel, holder and attempt "
                + rig.database.rows("SELECT channel, leased_by IS NOT NULL, attempt, count(*), min(due_at) - now()"
                        + " FROM delivery GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 20")
                + ", slices of events waiting " + rig.database.slices()
                + ", reports waiting " + rig.database.count("SELECT count(*) FROM status_outbox")
                + ", records not committed " + rig.topics.lag();
    }

    Audit check() {
        Map<String, Row> rows = new HashMap<>();
        rig.database
                .rows(
                        """
                        SELECT l.id, e.event_id, l.recipient, l.channel, l.status, coalesce(a.attempts, 1)
                        FROM notification_log l JOIN ticket_event e ON e.id = l.event AND e.source <> '%s'
                        LEFT JOIN (SELECT notification_id, max(attempt) AS attempts FROM attempt GROUP BY 1) a
                            ON a.notification_id = l.id
                        """
                                .formatted(Beside.SOURCE))
                .forEach(row -> rows.put(row.get(1) + "/" + row.get(2) + "/" + row.get(3), Row.of(row)));
        Providers providers = Providers.of(rig);
        events();
        rows(rows);
        messages(rows, providers);
        inboxes();
        new DeadLetterCheck(rig, bad, either, findings).run();
        new StatusCheck(rig, workload, rows, findings).run();
        logs();
        rig.checkBaselines(findings);
        Map<String, Long> duplicates = new HashMap<>();
        for (String channel : List.of("EMAIL", "WHATSAPP")) {
            duplicates.put(channel, providers.duplicates(channel));
        }
        duplicates.put("SYSTEM", seqsUsedTwice());
        return new Audit(workload.events(), findings.lost(), duplicates, findings.broken());
    }

    /** One row of the log. */
    record Row(long id, String event, long recipient, String channel, String status, int attempts) {

        static Row of(List<String> columns) {
            return new Row(
                    Long.parseLong(columns.get(0)),
                    columns.get(1),
                    Long.parseLong(columns.get(2)),
                    columns.get(3),
                    columns.get(4),
                    Integer.parseInt(columns.get(5)));
        }
    }

    /** I1: every valid event once, no other. */
    private void events() {
        List<String> stored = new ArrayList<>();
        rig.database
                .rows("SELECT event_id FROM ticket_event WHERE source = '" + workload.source() + "'")
                .forEach(row -> stored.add(row.get(0)));
        Set<String> distinct = new TreeSet<>(stored);
        workload.expected()
                .keySet()
                .forEach(id -> findings.lostUnless(distinct.contains(id), "I1 event not stored", id));
        distinct.forEach(id -> findings.unless(workload.expected().containsKey(id), "I1 event that nobody posted", id));
        findings.unless(stored.size() == distinct.size(), "I1 event stored twice", stored.size());
    }

    /** I2 and I3: one row for each expected notification, no other, each at its end. */
    private void rows(Map<String, Row> rows) {
        Set<String> expected = new TreeSet<>();
        workload.expected()
                .values()
                .forEach(all -> all.forEach(one -> {
                    String key = one.event() + "/" + one.recipient() + "/" + one.channel();
                    expected.add(key);
                    Row row = rows.get(key);
                    findings.lostUnless(row != null, "I2 notification not recorded", key);
                    if (row != null) {
                        findings.unless(allowed.test(one, row.status), "I3 notification ended " + row.status, key);
                    }
                }));
        rows.keySet()
                .forEach(key -> findings.unless(expected.contains(key), "I2 notification that nobody asked for", key));
        findings.unless(
                rig.database.count(
                                "SELECT count(*) FROM notification_log l JOIN ticket_event e ON e.id = l.event AND e.source <> '"
                                        + Beside.SOURCE + "'")
                        == rows.size(),
                "I2 notification stored twice",
                rows.size());
        findings.unless(
                rig.database.count("SELECT count(*) FROM delivery") == 0, "I3 work that is never done", "delivery");
    }

    /** I4: what is SENT was sent, to the right person, and no more often than attempts were begun. */
    private void messages(Map<String, Row> rows, Providers providers) {
        Map<Long, Row> byId = new HashMap<>();
        for (Row row : rows.values()) {
            byId.put(row.id, row);
            boolean sent = row.status.equals("SENT") && !row.channel.equals("SYSTEM");
            List<String> copies = providers.over(row.channel).getOrDefault(row.id, List.of());
            findings.lostUnless(!sent || !copies.isEmpty(), "I4 message not sent over " + row.channel, row);
            findings.unless(
                    row.channel.equals("SYSTEM") || copies.size() <= row.attempts,
                    "I4 more copies than attempts, " + copies.size(),
                    row);
        }
        for (String channel : List.of("EMAIL", "WHATSAPP")) {
            Set<Long> others = beside(channel);
            providers.over(channel).forEach((id, copies) -> {
                if (others.contains(id)) {
                    return;
                }
                Row row = byId.get(id);
                boolean right = row != null
                        && row.channel.equals(channel)
                        && copies.stream().allMatch(to -> to.equals(address(row)));
                findings.unless(right, "I4 message to the wrong person over " + channel, id);
            });
        }
    }

    private Set<Long> beside(String channel) {
        Set<Long> beside = new HashSet<>();
        rig.database
                .rows("SELECT l.id FROM notification_log l JOIN ticket_event e ON e.id = l.event AND e.source = '"
                        + Beside.SOURCE + "' WHERE l.status <> 'SKIPPED' AND l.channel = '" + channel + "'")
                .forEach(row -> beside.add(Long.parseLong(row.get(0))));
        return beside;
    }

    private static String address(Row row) {
        return row.channel.equals("EMAIL")
                ? Workload.MAIL_MARKER + row.recipient + "@example.org"
                : Workload.number(row.recipient);
    }

    /** I2 for readers: counters tell what is listed, and inbox numbers run from 1 without a gap. */
    private void inboxes() {
        findings.unless(
                rig.database.count(
                                """
                                SELECT count(*) FROM inbox i FULL JOIN (
                                    SELECT recipient, channel, count(*) AS listed, count(*) FILTER (WHERE read_at IS NULL) AS unread,
                                        coalesce(max(seq), 0) AS last, count(seq) AS seqs
                                    FROM notification_log WHERE listed GROUP BY 1, 2) l USING (recipient, channel)
                                WHERE i.unread IS DISTINCT FROM l.unread OR i.last_seq IS DISTINCT FROM l.last
                                    OR l.seqs <> l.last OR (i.counted = i.xmin AND i.listed <> l.listed)
                                """)
                        == 0,
                "I2 inbox counter is wrong",
                "inbox");
    }

    private long seqsUsedTwice() {
        return rig.database.count(
                "SELECT count(*) - count(DISTINCT (recipient, seq)) FROM notification_log" + " WHERE seq IS NOT NULL");
    }

    /** I6: no secret and nobody's data in what the hubs have said. */
    private void logs() {
        rig.hubs().forEach(hub -> Leaks.find(hub.log(), rig.secrets())
                .forEach(line -> findings.unless(false, "I6 personal data or a secret in a log", line)));
    }
}
