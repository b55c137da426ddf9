package camelbell.check;

import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import camelbell.model.StartRefused;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Lets no route start before the files are found to be right; what is hardly meant is logged. */
@Component("checkedStart")
class CheckedStart implements CamelContextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedStart.class);

    private final @Nullable RunningCheck check;

    CheckedStart(Environment environment) {
        this.check = StartCheck.of(environment);
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        if (check == null) {
            return;
        }
        check.findings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .map(Finding::sentence)
                .forEach(LOG::warn);
        String errors = check.errors();
        if (!errors.isEmpty()) {
            throw new StartRefused(errors);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // all was checked before
    }
}
