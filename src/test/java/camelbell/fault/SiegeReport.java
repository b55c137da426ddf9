package camelbell.fault;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One attack in figures; most of them are reported, and never judged. */
record SiegeReport(
        @Nullable GoodTraffic good,
        @Nullable Pulse pulse,
        Span quiet,
        Span attacked,
        long recoveryMs,
        long memoryBefore,
        long memoryAfter,
        LogSize said) {

    private static final Span NEVER = new Span(0, 0);

    /** Of an attack that did not come to its end. */
    static final SiegeReport NONE = new SiegeReport(null, null, NEVER, NEVER, -1, -1, -1, new LogSize(0, 0));

    void add(String attack, long lost, List<String> broken, String remarks) {
        Report.attack(String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s -> %s | %s | %s | %d | %s | %s | %d |",
                attack,
                attacked.seconds(),
                good == null ? "-" : rest(good.rest()),
                good == null ? "-" : frames(good.frames()),
                recoveryMs < 0 ? "never" : String.format(Locale.ROOT, "%.1f", recoveryMs / 1000.0),
                mebibytes(memoryBefore),
                mebibytes(memoryAfter),
                said,
                pulse == null ? "-" : pulse.seen(attacked),
                lost,
                broken.isEmpty() ? "holds" : "FAILS: " + shortened(String.join("; ", broken)),
                remarks,
                Seed.value()));
    }

    private String rest(Answers answers) {
        return figures(answers, quiet) + " -> " + figures(answers, attacked);
    }

    private static String figures(Answers answers, Span time) {
        return answers.quantile(time, 0.5) + "/" + answers.quantile(time, 0.99);
    }

    private String frames(Answers answers) {
        return answers.quantile(quiet, 0.99) + " -> " + answers.quantile(attacked, 0.99);
    }

    private static String mebibytes(long bytes) {
        return bytes < 0 ? "?" : String.valueOf(bytes >> 20);
    }

    private static String shortened(String words) {
        String line = words.replace('\n', ' ').replace('|', '/');
        return line.length() <= 600 ? line : line.substring(0, 600) + "…";
    }
}
