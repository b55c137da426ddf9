package camelbell.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What notification-status has said of one event so far. */
final class StatusSummary {

    private static final Set<String> ARRIVED = Set.of("sent", "delivered", "read");
    private static final List<String> RANK = List.of("", "skipped", "sent", "failed", "delivered", "read");

    private final String eventId;
    private final String source;
    private final Set<String> channels;
    private final boolean alike;
    private final Map<Long, Map<String, Change>> people = new TreeMap<>();
    private String fate = "";
    private String reason = "";

    private record Change(String what, String reason) {}

    /** One person, as {@code send --json} prints whom the hub has named. */
    record PersonSummary(long user, List<Told> told) {}

    /**
     * Over one channel.
     *
     * @param change the word of notification-status; null while there is none
     */
    record Told(String channel, @Nullable String change, @Nullable String reason) {}

    /** @param channels over which everybody is told, as far as known */
    StatusSummary(String eventId, String source, Collection<String> channels) {
        this(eventId, source, channels, true);
    }

    /** @param alike false where people may be told over different channels: nobody knows then what else will come */
    StatusSummary(String eventId, String source, Collection<String> channels, boolean alike) {
        this.alike = alike;
        this.eventId = eventId;
        this.source = source;
        this.channels = new LinkedHashSet<>(channels);
    }

    /** Takes one record of the topic; those of other events are passed over. */
    void hear(JsonNode status) {
        if (!eventId.equals(status.path("event_id").asText())
                || !source.equals(status.path("source").asText())) {
            return;
        }
        Change change =
                new Change(status.path("change").asText(), status.path("reason").asText());
        if (!status.has("notification")) {
            // the same record again, after a crash, takes nothing back
            if (fate.isEmpty() || !change.what.equals("duplicate")) {
                fate = change.what;
                reason = change.reason;
            }
            return;
        }
        String channel = status.path("channel").asText();
        channels.add(channel);
        people.computeIfAbsent(status.path("recipient").asLong(), id -> new TreeMap<>())
                .merge(channel, change, (old, now) -> RANK.indexOf(old.what) > RANK.indexOf(now.what) ? old : now);
    }

    /** True when nothing more is to be expected but receipts of providers. */
    boolean complete() {
        return switch (fate) {
            case "rejected", "no_recipient", "duplicate" -> true;
            default -> !people.isEmpty()
                    && (!alike
                            || people.values().stream()
                                    .allMatch(one -> one.keySet().containsAll(channels)));
        };
    }

    boolean heard() {
        return !fate.isEmpty() || !people.isEmpty();
    }

    boolean rejected() {
        return fate.equals("rejected");
    }

    /** In a word, for scripts; the exit code says the same. */
    String outcome() {
        if (rejected()) {
            return "refused";
        }
        if (toldSomebody()) {
            return "told";
        }
        return complete() ? "nobody_told" : "no_word";
    }

    /** The code of a refusal, of an event that was refused. */
    @Nullable
    String refusal() {
        return rejected() ? reason : null;
    }

    /** Whoever was named so far, with each channel that is known of. */
    List<PersonSummary> people() {
        List<PersonSummary> all = new ArrayList<>();
        people.forEach((person, told) -> {
            List<Told> over = new ArrayList<>();
            for (String channel : alike ? channels : told.keySet()) {
                Change change = told.get(channel);
                over.add(
                        change == null
                                ? new Told(channel, null, null)
                                : new Told(channel, change.what, change.reason.isEmpty() ? null : change.reason));
            }
            all.add(new PersonSummary(person, over));
        });
        return all;
    }

    /** The code of a refusal. */
    String reason() {
        return reason;
    }

    boolean nobody() {
        return heard() && people.isEmpty() && complete();
    }

    boolean toldSomebody() {
        return people.values().stream()
                .flatMap(one -> one.values().stream())
                .anyMatch(change -> ARRIVED.contains(change.what));
    }

    /** Who was told over what, a line for each person. */
    String table() {
        StringBuilder text = new StringBuilder();
        people.forEach((person, told) -> {
            text.append("user ").append(person).append(':');
            String between = " ";
            for (String channel : alike ? channels : told.keySet()) {
                Change change = told.getOrDefault(channel, new Change("no word yet", ""));
                text.append(between).append(channel).append(' ').append(change.what);
                text.append(change.reason.isEmpty() ? "" : " (" + change.reason + ")");
                between = ", ";
            }
            text.append(System.lineSeparator());
        });
        return text.toString();
    }
}
