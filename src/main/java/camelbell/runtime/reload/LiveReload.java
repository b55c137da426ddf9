package camelbell.runtime.reload;

import camelbell.model.Policy;
import camelbell.model.PolicyReader;
import camelbell.model.Replaceable;
import camelbell.model.RoutesCheck;
import camelbell.model.StageTables;
import camelbell.model.StartRefused;
import camelbell.model.TablesReplaced;
import camelbell.runtime.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Replaces what runs by what was saved, all of it or nothing: first everything is checked, read and made ready beside what
 * runs, then it changes places. What is wrong is told, and what runs stays.
 */
@Component
@ConditionalOnProperty("camelbell.reload")
class LiveReload {

    private static final Logger LOG = LoggerFactory.getLogger(LiveReload.class);

    private final String folder;
    private final ResourcePatternResolver resources;
    private final TablesState state;
    private final ObjectProvider<RoutesCheck> checks;
    private final PolicyReader policyFile;
    private final Replaceable<Policy> policy;
    private final List<StageTables> tables;
    private final RouteReload routes;
    private final ApplicationEventPublisher events;
    private String unreadable = "";

    LiveReload(
            @Value("${camelbell.routes}") String folder,
            ResourcePatternResolver resources,
            TablesState state,
            ObjectProvider<RoutesCheck> checks,
            PolicyReader policyFile,
            Replaceable<Policy> policy,
            List<StageTables> tables,
            RouteReload routes,
            ApplicationEventPublisher events) {
        this.folder = folder;
        this.resources = resources;
        this.state = state;
        this.checks = checks;
        this.policyFile = policyFile;
        this.policy = policy;
        this.tables = tables;
        this.routes = routes;
        this.events = events;
    }

    String digest() {
        return state.running().version().digest();
    }

    /** Looks whether the folder is another one than what runs, and if so puts it in its place or says why not. */
    void look() {
        try {
            FolderVersion saved = FolderVersion.read(folder, resources);
            TablesState.Refused refused = state.refused();
            if (saved.digest().equals(digest())) {
                if (state.takenBack()) {
                    LOG.info("saved tables are those that run again digest={}", digest());
                }
            } else if (refused == null || !refused.version().digest().equals(saved.digest())) {
                consider(saved);
            }
            unreadable = "";
        } catch (IOException e) {
            tellUnreadable(e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("the saved tables could not be looked at; those before run on", e);
        }
    }

    /** Once may be chance: the folder changes while it is read. */
    private void tellUnreadable(IOException e) {
        if (e.toString().equals(unreadable)) {
            LOG.warn(
                    "the routes folder cannot be read: {}; what ran before runs on (told again when that changes)",
                    unreadable);
            unreadable = "told: " + unreadable;
        } else if (!unreadable.equals("told: " + e)) {
            unreadable = e.toString();
        }
    }

    private void consider(FolderVersion saved) throws IOException {
        List<String> errors = new ArrayList<>();
        try {
            checks.forEach(check -> errors.addAll(check.errors(folder)));
            if (errors.isEmpty()) {
                replace(saved);
            }
        } catch (StartRefused refusal) {
            errors.add(String.valueOf(refusal.getMessage()));
        } catch (RuntimeException | LinkageError | StackOverflowError unforeseen) {
            LOG.debug("the saved tables cannot be run", unforeseen);
            errors.add("cannot be run: " + Reason.of(unforeseen) + ", " + unforeseen.getMessage());
        }
        if (!errors.isEmpty() && isStill(saved)) {
            refuse(saved, errors.stream().map(LiveReload::onOneLine).toList());
        }
    }

    private static String onOneLine(String error) {
        return String.join(" ", error.lines().map(String::strip).toList());
    }

    private void replace(FolderVersion saved) throws IOException {
        List<String> files = saved.changedSince(state.running().version());
        List<Runnable> swaps = new ArrayList<>();
        Policy next = policyFile.read();
        if (!files.stream().allMatch(file -> file.endsWith(FolderVersion.ROUTES))) {
            tables.forEach(one -> swaps.add(one.read(next)));
            swaps.add(() -> policy.replace(next)); // last: it may name what the others have only now
        }
        try (RouteChange change = routes.prepare(saved.routes(), next)) {
            if (!isStill(saved)) {
                return; // somebody is still writing, and it is looked at again
            }
            change.apply(() -> swaps.forEach(Runnable::run));
            state.runs(saved);
            LOG.info("tables applied digest={} files={}{}", saved.digest(), files, change.told());
            events.publishEvent(new TablesReplaced(saved.digest()));
        }
    }

    /** The readers have read the files by themselves: only when none has changed meanwhile is it known what they read. */
    private boolean isStill(FolderVersion saved) throws IOException {
        return FolderVersion.read(folder, resources).digest().equals(saved.digest());
    }

    private void refuse(FolderVersion saved, List<String> errors) {
        state.refuse(saved, errors);
        for (int i = 0; i < errors.size(); i++) {
            LOG.warn(
                    "saved tables refused digest={} finding={}/{}: {} (what ran before runs on, digest={})",
                    saved.digest(),
                    i + 1,
                    errors.size(),
                    errors.get(i),
                    digest());
        }
    }
}
