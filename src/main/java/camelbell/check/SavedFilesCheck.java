package camelbell.check;

import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import camelbell.model.RoutesCheck;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The same check for files that are saved while the hub runs on them; what is hardly meant is logged when it is new. */
@Component
class SavedFilesCheck implements RoutesCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SavedFilesCheck.class);

    private final Environment environment;

    /** Given up when memory is short: between two saves may lie weeks. */
    private SoftReference<Check> kept = new SoftReference<>(null);

    private Set<String> told = Set.of();

    SavedFilesCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public synchronized List<String> errors(String folder) {
        List<Finding> findings = check().of(folder, environment);
        Set<String> warnings = Set.copyOf(lines(findings, Severity.WARNING));
        warnings.stream().filter(warning -> !told.contains(warning)).sorted().forEach(LOG::warn);
        told = warnings;
        return lines(findings, Severity.ERROR);
    }

    private Check check() {
        Check check = kept.get();
        if (check == null) {
            check = new Check();
            kept = new SoftReference<>(check);
        }
        return check;
    }

    private static List<String> lines(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::sentence)
                .toList();
    }
}
