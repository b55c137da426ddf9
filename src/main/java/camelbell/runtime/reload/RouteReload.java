package camelbell.runtime.reload;

import camelbell.model.Policy;
import camelbell.model.StartRefused;
import camelbell.runtime.ChannelRoutes;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Compares the saved route files with those that run, route by route, and makes ready what is another one. */
@Component
@ConditionalOnProperty("camelbell.reload")
class RouteReload {

    /** What a bean that is made again may say; more than that is read at the start alone. */
    private static final Set<String> OF_A_BEAN = Set.of("name", "type", "properties");

    private final CamelContext camel;
    private final RoutesUnderWay underWay;
    private final RetiredSteps retired;
    private final ChannelRoutes channels;
    private RouteElements running;

    RouteReload(
            CamelContext camel,
            RoutesUnderWay underWay,
            RetiredSteps retired,
            ChannelRoutes channels,
            TablesState state) {
        this.camel = camel;
        this.underWay = underWay;
        this.retired = retired;
        this.channels = channels;
        this.running = RouteElements.of(state.running().version().routes());
    }

    /**
     * Makes everything ready beside what runs; {@link RouteChange#close} undoes that where it is not applied. Errors:
     * {@link StartRefused} for what cannot be run, or only after a restart; nothing has changed then.
     */
    RouteChange prepare(SortedMap<String, String> files, Policy policy) {
        RouteElements saved = RouteElements.of(files);
        mustNotDiffer(saved);
        Set<String> beans = differing(running.beans(), saved.beans());
        beans.addAll(providersOfOthers(saved));
        beans.forEach(name -> mustBePlain(name, saved.beans().get(name)));
        beans.forEach(name -> mustBeExchangeable(name, saved));
        Set<String> configurations = differing(running.configurations(), saved.configurations());
        saved.configurations().forEach((id, steps) -> {
            if (beans.stream().anyMatch(bean -> RouteElement.mentions(steps, bean))) {
                configurations.add(id);
            }
        });
        RouteChange change = new RouteChange(camel, underWay, retired, channels, () -> running = saved);
        try {
            change.beans(beans, saved.beans());
            change.configurations(configurations, saved.configurations());
            for (RouteElement route : saved.routes().values()) {
                RouteElement before = running.routes().get(route.id());
                if (before == null) {
                    change.add(mustBeMovable(route));
                } else if (!before.definition().equals(route.definition())
                        || !before.parameters().equals(route.parameters())
                        || beans.stream().anyMatch(route::names)
                        || configurations.stream().anyMatch(route::isConfiguredBy)) {
                    if (route.beginsAs(before)) {
                        change.exchange(route);
                    } else {
                        mustBeMovable(before);
                        mustNotBeCalled(route, before);
                        change.replace(mustBeMovable(route), before);
                    }
                }
            }
            for (RouteElement gone : running.routes().values()) {
                if (!saved.routes().containsKey(gone.id())) {
                    change.remove(mustBeMovable(gone));
                }
            }
            change.limits(channels.learn(
                    camel,
                    saved.routes().values().stream()
                            .map(route -> new ChannelRoutes.Made(route.id(), route.parameters(), route.beginning()))
                            .toList(),
                    policy,
                    saved.beans().keySet()));
            return change;
        } catch (RuntimeException | LinkageError e) {
            change.close();
            throw e;
        }
    }

    /** A channel's provider is set up by what its route says; where that differs, or the channel, it has to be another one. */
    private Set<String> providersOfOthers(RouteElements saved) {
        Map<String, Set<Map<String, Object>>> before = setUps(running);
        Set<String> names = new TreeSet<>();
        setUps(saved).forEach((provider, setUp) -> {
            if (saved.beans().containsKey(provider) && !setUp.equals(before.get(provider))) {
                names.add(provider);
            }
        });
        return names;
    }

    /** By provider what the routes say whose outcomes it reads. */
    private static Map<String, Set<Map<String, Object>>> setUps(RouteElements all) {
        return all.routes().values().stream()
                .filter(route -> route.parameters().containsKey("outcome"))
                .collect(Collectors.groupingBy(
                        route -> String.valueOf(route.parameters().get("outcome")),
                        Collectors.mapping(RouteElement::parameters, Collectors.toSet())));
    }

    /** What Camel reads once, when it starts. */
    private void mustNotDiffer(RouteElements saved) {
        for (String kind : differing(running.others(), saved.others())) {
            throw new StartRefused(kind.replaceFirst(" \\d+$", "") + " differs from what runs, and is read at the start"
                    + " alone; it needs a restart");
        }
    }

    private static void mustBePlain(String name, @Nullable JsonNode bean) {
        if (bean == null) {
            return;
        }
        bean.fieldNames().forEachRemaining(key -> {
            if (!OF_A_BEAN.contains(key)) {
                throw new StartRefused(
                        "bean " + name + " has " + key + ", which is read at the start alone; it needs a" + " restart");
            }
        });
    }

    private RouteElement mustBeMovable(RouteElement route) {
        boolean answersRequests =
                camel.getRoute(route.id()) != null && camel.getRoute(route.id()).isCreatedByRestDsl();
        if (!route.isMovable() || answersRequests) {
            throw new StartRefused(route.place() + "route " + route.id() + " takes what it does from "
                    + (answersRequests ? "HTTP" : route.scheme())
                    + "; where it begins is read at the start alone, so that it needs a restart");
        }
        return route;
    }

    /** What others call is away while it is another one; what they send to a queue waits there. */
    private static void mustNotBeCalled(RouteElement route, RouteElement before) {
        if (before.scheme().equals("direct") && before.beginning().equals(route.beginning())) {
            throw new StartRefused(route.place() + "route " + route.id()
                    + " differs in more than its steps, and others call it meanwhile; it needs a restart");
        }
    }

    /** Who holds a bean must be able to take another one. */
    private static void mustBeExchangeable(String bean, RouteElements saved) {
        saved.others().forEach((kind, content) -> {
            if (RouteElement.mentions(content, bean)) {
                throw new StartRefused("bean " + bean + " is another one, and " + kind.replaceFirst(" \\d+$", "")
                        + " names it, which is read at the start alone; it needs a restart");
            }
        });
        saved.beans().forEach((name, content) -> {
            if (content.path("properties").properties().stream()
                    .map(property -> property.getValue().asText())
                    .anyMatch(value -> value.equals("#" + bean) || value.equals("#bean:" + bean))) {
                throw new StartRefused("bean " + bean + " is another one, and bean " + name
                        + " has it as a property; it needs a restart");
            }
        });
    }

    private static <T> Set<String> differing(Map<String, T> before, Map<String, T> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }
}
