package camelbell.operations;

import camelbell.simulation.DifferenceReport;
import camelbell.simulation.DifferenceReport.Change;
import camelbell.simulation.DifferenceReport.Changes;
import camelbell.simulation.DifferenceReport.Example;
import camelbell.simulation.DifferenceReport.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What differs between two versions of the tables, for scripts and for people.
 *
 * @param refused the codes of events that the version which was simulated would refuse, and how many have each
 * @param types messages by type of event and channel
 */
record DifferenceView(
        String sentence,
        long events,
        long refusedBefore,
        long refusedAfter,
        Map<String, Integer> refused,
        List<OverChannel> channels,
        Map<String, Map<String, Numbers>> types) {

    /** What differs over one channel. */
    record OverChannel(String channel, Group more, Group less, Group otherWords) {}

    /** The people to whom the same thing happens, each once, and by how many messages. */
    record Group(int people, long messages, List<Example> examples) {

        static Group of(Change change) {
            return new Group(change.people(), change.messages(), change.examples());
        }
    }

    static DifferenceView of(DifferenceReport report) {
        return new DifferenceView(
                report.sentence(),
                report.events(),
                report.refusedBefore(),
                report.refusedAfter(),
                report.refused(),
                report.channels().stream().map(DifferenceView::over).toList(),
                report.types());
    }

    private static OverChannel over(Changes changes) {
        return new OverChannel(
                changes.channel(), Group.of(changes.more()), Group.of(changes.less()), Group.of(changes.otherWords()));
    }

    /** The sentence, and behind it a line for each kind of difference with examples of whom it concerns. */
    String text() {
        StringBuilder text = new StringBuilder(sentence).append(System.lineSeparator());
        types.forEach((type, byChannel) -> byChannel.forEach((channel, numbers) -> line(
                text,
                "%s, %s: %d messages more, %d less, %d in other words",
                type,
                channel,
                numbers.more(),
                numbers.less(),
                numbers.otherWords())));
        channels.forEach(one -> {
            who(text, one.channel(), "more", one.more());
            who(text, one.channel(), "less", one.less());
            who(text, one.channel(), "in other words", one.otherWords());
        });
        if (refusedAfter > 0) {
            line(text, "refused: %s", refused);
        }
        return text.toString();
    }

    private static void who(StringBuilder text, String channel, String how, Group group) {
        if (group.people() > 0) {
            line(
                    text,
                    "%s %s, for instance: %s",
                    channel,
                    how,
                    group.examples().stream()
                            .map(one -> "user " + one.user() + " by " + SimulationText.printable(one.event()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static void line(StringBuilder text, String form, Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append(System.lineSeparator());
    }
}
