package camelbell.store;

import camelbell.model.Channel;
import camelbell.model.Person;
import camelbell.model.Plan;
import camelbell.model.Plan.Notice;
import camelbell.model.Policy;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * Notices as a slice keeps them: people and channels once, and who is skipped where and why, as it was decided when the
 * event was accepted.
 *
 * @param words number of the words on each channel; empty: everywhere the event's own
 * @param skipped by channel and reason
 */
record SliceContent(
        List<Long> recipients, List<String> channels, List<Short> words, Map<String, Map<String, List<Long>>> skipped) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Map<String, List<Long>>>> SKIPPED = new TypeReference<>() {};

    static SliceContent of(Collection<Notice> notices) {
        Set<Long> recipients = new LinkedHashSet<>();
        Map<String, Short> channels = new LinkedHashMap<>();
        Map<String, Map<String, List<Long>>> skipped = new LinkedHashMap<>();
        for (Notice notice : notices) {
            String channel = notice.channel().code();
            recipients.add(notice.recipient().id());
            channels.put(channel, (short) notice.words());
            if (notice.skipped() != null) {
                skipped.computeIfAbsent(channel, code -> new LinkedHashMap<>())
                        .computeIfAbsent(notice.skipped(), reason -> new ArrayList<>())
                        .add(notice.recipient().id());
            }
        }
        return new SliceContent(
                List.copyOf(recipients), List.copyOf(channels.keySet()), List.copyOf(channels.values()), skipped);
    }

    static SliceContent read(List<Long> recipients, List<String> channels, List<Short> words, String skipped) {
        try {
            return new SliceContent(recipients, channels, words, JSON.readValue(skipped, SKIPPED));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event_slice.skipped is no object of lists by channel and reason", e);
        }
    }

    /** Whether everybody is told in the event's own words. */
    boolean hasOwnWords() {
        return words.stream().allMatch(number -> number == Plan.OWN_WORDS);
    }

    String skippedJson() {
        try {
            return JSON.writeValueAsString(skipped);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Ids and reasons are always JSON", e);
        }
    }

    /** The same for some of the people only. */
    SliceContent only(LongPredicate meant) {
        Map<String, Map<String, List<Long>>> less = new LinkedHashMap<>();
        skipped.forEach((channel, reasons) -> {
            Map<String, List<Long>> kept = new LinkedHashMap<>();
            reasons.forEach((reason, people) -> kept.put(
                    reason, people.stream().filter(id -> meant.test(id)).toList()));
            kept.values().removeIf(List::isEmpty);
            less.put(channel, kept);
        });
        return new SliceContent(recipients.stream().filter(id -> meant.test(id)).toList(), channels, words, less);
    }

    /** The first half of the people, and the second. */
    List<SliceContent> halves() {
        Set<Long> first = new HashSet<>(recipients.subList(0, recipients.size() / 2));
        return List.of(only(first::contains), only(id -> !first.contains(id)));
    }

    /**
     * Who has left the directory meanwhile gets a row all the same, and is delivered to nowhere; so is what goes over a channel
     * that is gone. Errors: IllegalStateException for a channel that only this node does not have: another one writes the slice.
     */
    List<Notice> notices(Policy policy, Predicate<String> gone, Map<Long, Person> people) {
        Map<String, Map<Long, String>> reasons = new HashMap<>();
        skipped.forEach((channel, byReason) -> byReason.forEach((reason, ids) -> ids.forEach(
                id -> reasons.computeIfAbsent(channel, code -> new HashMap<>()).put(id, reason))));
        List<Channel> over =
                channels.stream().map(code -> channel(policy, gone, code)).toList();
        List<Notice> notices = new ArrayList<>();
        for (Long id : recipients) {
            Person person = people.getOrDefault(id, Person.gone(id));
            for (int i = 0; i < over.size(); i++) {
                Channel channel = over.get(i);
                String reason = reasons.getOrDefault(channel.code(), Map.of()).get(id);
                if (reason == null && !policy.channels().containsKey(channel.code())) {
                    reason = RemovedChannels.REASON;
                }
                notices.add(new Notice(person, channel, reason, words.isEmpty() ? Plan.OWN_WORDS : words.get(i)));
            }
        }
        return notices;
    }

    private static Channel channel(Policy policy, Predicate<String> gone, String code) {
        Channel known = policy.channels().get(code);
        if (known == null && !gone.test(code)) {
            throw new IllegalStateException("channel " + code
                    + " of an event in slices is not in this node's policy table; another node has it");
        }
        return known == null ? Channel.gone(code) : known;
    }
}
