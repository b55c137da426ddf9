package camelbell.runtime.reload;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The digest of the tables and route files that run, by which nodes that differ are seen, and why the version that was saved
 * last does not. Always up: what runs, runs.
 */
@Component("tables")
class TablesHealth implements HealthIndicator {

    private final TablesState state;

    TablesHealth(TablesState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        TablesState.Running running = state.running();
        TablesState.Refused refused = state.refused();
        Health.Builder health = Health.up()
                .withDetail("digest", running.version().digest())
                .withDetail("since", running.since().toString());
        if (refused != null) {
            health.withDetail("refused", refused.version().digest())
                    .withDetail("refused_since", refused.since().toString())
                    .withDetail("refused_for", refused.findings().get(0))
                    .withDetail("findings", refused.findings().size());
        }
        return health.build();
    }
}
