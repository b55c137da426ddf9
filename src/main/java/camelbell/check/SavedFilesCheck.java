package camelbell.check;

import camelbell.configuration.Finding.Severity;
import camelbell.model.RoutesCheck;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The same check for files that are saved while the hub runs on them. */
@Component
class SavedFilesCheck implements RoutesCheck {

    private final Environment environment;

    SavedFilesCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<String> errors(String folder) {
        return Check.folder(folder, environment).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(finding -> finding.place() + ": " + finding.text())
                .toList();
    }
}
