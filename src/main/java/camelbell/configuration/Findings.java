package camelbell.configuration;

import camelbell.configuration.Finding.Severity;
import camelbell.model.StartRefused;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects what is wrong in the files, so that all of it is said at once and not one thing a start. */
public final class Findings {

    private final TreeSet<Finding> all = new TreeSet<>();

    /** The same thing at the same place counts once. */
    public void add(Finding finding) {
        all.add(finding);
    }

    /** In the order of files and lines. */
    public List<Finding> all() {
        return List.copyOf(all);
    }

    public boolean haveErrors() {
        return all.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** Errors: StartRefused with a line for each error; warnings alone refuse nothing. */
    public void mustHaveNoErrors() {
        if (haveErrors()) {
            throw new StartRefused(all.stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .map(Finding::sentence)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }
}
