package camelbell.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Begins the check when a hub with routes of its own begins to start; those in the jar were checked when it was built. */
final class StartCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Under which name the environment has it: a start that fails has lost its beans before anybody asks why it did. */
    private static final String NAME = "runningCheck";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String routes = context.getEnvironment().getProperty("camelbell.routes", "");
        if (routes.startsWith("file:") && context.getParent() == null) {
            RunningCheck check = RunningCheck.begin(routes, context.getEnvironment());
            context.getEnvironment().getPropertySources().addLast(new MapPropertySource(NAME, Map.of(NAME, check)));
        }
    }

    /** Null where nothing had to be checked. */
    static @Nullable RunningCheck of(Environment environment) {
        return environment.getProperty(NAME, RunningCheck.class);
    }
}
