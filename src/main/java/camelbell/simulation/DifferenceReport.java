package camelbell.simulation;

import camelbell.model.Channel;
import camelbell.model.MalformedEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has been found to differ, in numbers, with examples of whom it concerns. */
public final class DifferenceReport {

    private static final int MOST_EXAMPLES = 5;

    private final Map<String, Changes> channels = new LinkedHashMap<>();
    private final Map<String, Map<String, Numbers>> types = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private long events;
    private long refusedBefore;
    private long refusedAfter;

    /** One person who is an example, and by which event. */
    public record Example(long user, String type, String event) {}

    /** Messages of one channel and type that are more, less or in other words. */
    public record Numbers(long more, long less, long otherWords) {

        private Numbers with(Numbers one) {
            return new Numbers(more + one.more, less + one.less, otherWords + one.otherWords);
        }
    }

    /** The same thing happening to people over one channel. */
    public static final class Change {

        private final Set<Long> users = new HashSet<>();
        private final List<Example> examples = new ArrayList<>();
        private long messages;

        private void add(long user, String type, String event) {
            messages++;
            if (users.add(user) && examples.size() < MOST_EXAMPLES) {
                examples.add(new Example(user, type, event));
            }
        }

        /** How many people, each once. */
        public int people() {
            return users.size();
        }

        /** How many messages that is. */
        public long messages() {
            return messages;
        }

        /** The first few people whom it concerns. */
        public List<Example> examples() {
            return examples;
        }
    }

    /**
     * What differs over one channel. A person may get more by one event and less by another.
     *
     * @param display the name that readers see
     * @param more are told now and were not
     * @param less were told and are not now
     * @param otherWords are told, and read something else
     */
    public record Changes(String channel, String display, Change more, Change less, Change otherWords) {}

    /** Puts the channels in the tables' order, for those over which something differs. */
    void over(List<Channel> known) {
        known.forEach(this::changes);
    }

    void event(@Nullable MalformedEvent before, @Nullable MalformedEvent after) {
        events++;
        refusedBefore += before == null ? 0 : 1;
        refusedAfter += after == null ? 0 : 1;
        if (after != null) {
            refused.merge(after.code(), 1, Integer::sum);
        }
    }

    void more(Channel channel, String type, long user, String event) {
        changes(channel, type, new Numbers(1, 0, 0)).more().add(user, type, event);
    }

    void less(Channel channel, String type, long user, String event) {
        changes(channel, type, new Numbers(0, 1, 0)).less().add(user, type, event);
    }

    void otherWords(Channel channel, String type, long user, String event) {
        changes(channel, type, new Numbers(0, 0, 1)).otherWords().add(user, type, event);
    }

    private Changes changes(Channel channel, String type, Numbers one) {
        types.computeIfAbsent(type, any -> new TreeMap<>()).merge(channel.code(), one, Numbers::with);
        return changes(channel);
    }

    private Changes changes(Channel channel) {
        return channels.computeIfAbsent(
                channel.code(), code -> new Changes(code, channel.display(), new Change(), new Change(), new Change()));
    }

    /** How many events were compared. */
    public long events() {
        return events;
    }

    /** How many of them would have been dead letters before. */
    public long refusedBefore() {
        return refusedBefore;
    }

    /** How many of them would be dead letters now. */
    public long refusedAfter() {
        return refusedAfter;
    }

    /** The codes of those, and how many have each. */
    public Map<String, Integer> refused() {
        return refused;
    }

    /** The channels over which anything differs. */
    public List<Changes> channels() {
        return channels.values().stream()
                .filter(one -> one.more().people()
                                + one.less().people()
                                + one.otherWords().people()
                        > 0)
                .toList();
    }

    /** Messages by type of event and channel, where anything differs. */
    public Map<String, Map<String, Numbers>> types() {
        return types;
    }

    /** All of it in one sentence, such as "412 events: 37 people more by WhatsApp, nobody less.". */
    public String sentence() {
        List<String> parts = new ArrayList<>();
        parts.addAll(said(Changes::more, "more"));
        parts.addAll(said(Changes::less, "less"));
        if (channels.values().stream().anyMatch(one -> one.otherWords().people() > 0)) {
            parts.addAll(said(Changes::otherWords, "in other words"));
        }
        if (refusedBefore != refusedAfter) {
            long more = refusedAfter - refusedBefore;
            parts.add(counted(Math.abs(more), "event", "events") + (more > 0 ? " more" : " less") + " refused");
        }
        return counted(events, "event", "events") + ": " + String.join(", ", parts) + ".";
    }

    private List<String> said(Function<Changes, Change> change, String how) {
        List<String> said = channels.values().stream()
                .filter(one -> change.apply(one).people() > 0)
                .map(one ->
                        counted(change.apply(one).people(), "person", "people") + " " + how + " by " + one.display())
                .toList();
        return said.isEmpty() ? Stream.of("nobody " + how).toList() : said;
    }

    private static String counted(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d ", number) + (number == 1 ? one : many);
    }
}
