package camelbell.simulation;

import camelbell.model.Channel;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Wording;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of the tables, event by event: nothing of an event is kept but numbers, a few examples and
 * whom it concerned.
 */
public final class Difference {

    private final Simulation before;
    private final Simulation after;
    private final DifferenceReport report = new DifferenceReport();

    public Difference(Simulation before, Simulation after) {
        this.before = before;
        this.after = after;
    }

    /** One structured CloudEvent, as it would lie in {@code ticket-events}. */
    public void add(byte[] event, Instant now) {
        Simulation.Fate was = before.of(event, now);
        Simulation.Fate is = after.of(event, now);
        report.event(was.malformed(), is.malformed());
        Plan any = is.plan() == null ? was.plan() : is.plan();
        if (any != null) {
            compare(was.plan(), is.plan(), any.event().type(), any.event().id(), now);
        }
    }

    /** So far. */
    public DifferenceReport report() {
        return report;
    }

    private void compare(@Nullable Plan was, @Nullable Plan is, String type, String event, Instant now) {
        report.over(is == null ? List.of() : is.over());
        report.over(was == null ? List.of() : was.over());
        Map<Key, Notice> old = sent(was);
        Map<ComparedWords, Boolean> same = new HashMap<>();
        sent(is).forEach((key, notice) -> {
            Notice had = old.remove(key);
            if (had == null) {
                report.more(notice.channel(), type, key.person(), event);
            } else if (was != null
                    && is != null
                    && !same.computeIfAbsent(
                            ComparedWords.of(was, had, is, notice), words -> saysTheSame(was, had, is, notice, now))) {
                report.otherWords(notice.channel(), type, key.person(), event);
            }
        });
        old.forEach((key, notice) -> report.less(notice.channel(), type, key.person(), event));
    }

    private boolean saysTheSame(Plan was, Notice had, Plan is, Notice has, Instant now) {
        return before.message(was, had, now).equals(after.message(is, has, now));
    }

    /** What would go out, or into an inbox; who cannot be reached, or does not want to be, is not told. */
    private static Map<Key, Notice> sent(@Nullable Plan plan) {
        Map<Key, Notice> sent = new LinkedHashMap<>();
        if (plan != null) {
            plan.notices().stream()
                    .filter(notice -> notice.skipped() == null)
                    .forEach(notice -> sent.put(
                            new Key(notice.recipient().id(), notice.channel().code()), notice));
        }
        return sent;
    }

    private record Key(long person, String channel) {}

    /** What two messages are made of, but for names: whoever shares all of it reads the same difference. */
    private record ComparedWords(
            Wording was,
            Channel over,
            Wording is,
            Channel nowOver,
            @Nullable String locale,
            @Nullable String timeZone) {

        static ComparedWords of(Plan was, Notice had, Plan is, Notice has) {
            return new ComparedWords(
                    was.words().get(had.words()),
                    had.channel(),
                    is.words().get(has.words()),
                    has.channel(),
                    has.recipient().locale(),
                    has.recipient().timeZone());
        }
    }
}
