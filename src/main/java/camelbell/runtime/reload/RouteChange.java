package camelbell.runtime.reload;

import camelbell.runtime.ChannelRoutes;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one saved version changes about the routes: made ready beside what runs, then put in its place, or undone. */
final class RouteChange implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteChange.class);

    private final CamelContext camel;
    private final RouteCompiler compiler;
    private final RouteMoves moves;
    private final RoutesUnderWay underWay;
    private final RetiredSteps retired;
    private final ChannelRoutes channels;
    private final Runnable applied;
    private final List<@Nullable Object> beansOfBefore = new ArrayList<>();
    private Runnable limits = () -> {};
    private final Map<String, AsyncProcessor> steps = new LinkedHashMap<>();
    private final List<RouteElement> added = new ArrayList<>();
    private final Map<RouteElement, RouteElement> replaced = new LinkedHashMap<>();
    private final List<RouteElement> removed = new ArrayList<>();
    private final List<String> exchanged = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final Deque<RouteElement> begun = new ArrayDeque<>();
    private final Deque<RouteElement> ended = new ArrayDeque<>();

    /** @param applied once it runs */
    RouteChange(
            CamelContext camel,
            RoutesUnderWay underWay,
            RetiredSteps retired,
            ChannelRoutes channels,
            Runnable applied) {
        this.camel = camel;
        this.compiler = new RouteCompiler(camel);
        this.moves = new RouteMoves(camel, compiler);
        this.underWay = underWay;
        this.retired = retired;
        this.channels = channels;
        this.applied = applied;
    }

    /** Steps look beans up while they are made, so new beans have their names before. Steps that run have found theirs. */
    void beans(Set<String> names, Map<String, JsonNode> saved) {
        for (String name : names) {
            JsonNode said = saved.get(name);
            Object before = camel.getRegistry().lookupByName(name);
            Object next = said == null ? null : compiler.bean(name, said);
            bind(name, next);
            undo.push(() -> {
                bind(name, before);
                end(next);
            });
            beansOfBefore.add(before);
        }
    }

    private void end(@Nullable Object bean) {
        if (bean != null) {
            channels.end(bean);
        }
    }

    /** What channels may do at once, from when the change is in place. */
    void limits(ChannelRoutes.Learned learned) {
        this.limits = learned::apply;
    }

    private void bind(String name, @Nullable Object bean) {
        if (bean == null) {
            camel.getRegistry().unbind(name);
        } else {
            camel.getRegistry().bind(name, bean);
        }
    }

    /** Routes take configurations in while they are made, as well. */
    void configurations(Set<String> ids, Map<String, JsonNode> saved) {
        ids.forEach(id -> undo.push(compiler.configure(id, saved.get(id))));
    }

    /** New steps behind where the route begins. */
    void exchange(RouteElement route) {
        steps.put(route.id(), compiler.steps(route));
    }

    void add(RouteElement route) {
        RouteCompiler.end(compiler.steps(route)); // whether they can be made at all
        added.add(route);
    }

    void replace(RouteElement route, RouteElement before) {
        RouteCompiler.end(compiler.steps(route));
        replaced.put(route, before);
    }

    void remove(RouteElement route) {
        removed.add(route);
    }

    /**
     * Puts it all in place. New routes start first, since tables may send something there; routes that are gone leave last, when
     * no table names them any more. Errors: {@link camelbell.model.StartRefused} for a route that does not start; then all is
     * as it was.
     *
     * @param tables puts the tables in place, which never fails
     */
    void apply(Runnable tables) {
        for (RouteElement route : inOrder(added, false)) {
            begun.push(route);
            moves.start(route);
        }
        replaced.forEach((route, before) -> {
            ended.push(before);
            moves.takeOut(before);
            begun.push(route);
            moves.start(route);
        });
        steps.keySet().forEach(this::mustRun);
        undo.clear();
        begun.clear();
        ended.clear();
        steps.forEach(this::exchange);
        steps.clear();
        limits.run();
        tables.run();
        List<RouteElement> gone = inOrder(removed, true);
        gone.forEach(moves::takeOut);
        retired.whenAllAreOver(() -> beansOfBefore.forEach(this::end));
        applied.run();
    }

    /** What a channel is asked for is there before the channel itself, and longer. */
    private static List<RouteElement> inOrder(List<RouteElement> routes, boolean madeFirst) {
        return routes.stream()
                .sorted(Comparator.comparing(route -> route.parameters().isEmpty() == madeFirst))
                .toList();
    }

    private void exchange(String route, AsyncProcessor next) {
        retired.add(mustRun(route).replace(next));
        exchanged.add(route);
    }

    private RunningSteps mustRun(String route) {
        RunningSteps running = underWay.of(route);
        if (running == null) {
            throw new IllegalStateException("route " + route + " does not run");
        }
        return running;
    }

    private static void putBack(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.error("a route or bean that ran before could not be put back: {}; restart the hub", e.getMessage());
        }
    }

    /** For the log; empty when no route is concerned. */
    String told() {
        return said("exchanged", exchanged)
                + said("added", ids(added))
                + said("replaced", ids(replaced.keySet()))
                + said("removed", ids(removed));
    }

    private static String said(String what, List<String> routes) {
        return routes.isEmpty() ? "" : " " + what + "=" + routes;
    }

    private static List<String> ids(Collection<RouteElement> routes) {
        return routes.stream().map(RouteElement::id).toList();
    }

    @Override
    public void close() {
        // routes of before are made of beans and configurations of before
        begun.forEach(route -> putBack(() -> moves.takeOut(route)));
        undo.forEach(RouteChange::putBack);
        ended.forEach(route -> putBack(() -> moves.start(route)));
        begun.clear();
        undo.clear();
        ended.clear();
        steps.values().forEach(RouteCompiler::end);
        steps.clear();
    }
}
