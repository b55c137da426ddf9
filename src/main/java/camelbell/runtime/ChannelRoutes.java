package camelbell.runtime;

import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import camelbell.model.ChannelProviders;
import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.model.StartRefused;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * Knows the channels by their routes, which the template {@code channel} of routes/45-channel.camel.yaml makes: gives each
 * its place in the start order, tells {@link ChannelLimits} what it may do at once, has its provider set up, and refuses the
 * start where policy table and route files do not fit each other.
 */
@Component
public class ChannelRoutes implements CamelContextConfiguration {

    /** Behind what channels hand outcomes to, before what hands deliveries to them; the route files keep these free. */
    private static final int FIRST = 77;

    private static final int LAST = 109;

    private final Current<Policy> policy;
    private final ChannelLimits limits;
    private final ChannelProviders providers;

    /** The channels of those that are set up, which happens once to each; one that no route file makes any more is forgotten. */
    private final Map<Object, String> begun = Collections.synchronizedMap(new WeakHashMap<>());

    ChannelRoutes(Current<Policy> policy, ChannelLimits limits, ChannelProviders providers) {
        this.policy = policy;
        this.limits = limits;
        this.providers = providers;
    }

    /**
     * A route as far as channels are concerned.
     *
     * @param parameters of the template that it is made of; empty: of none
     * @param beginning such as {@code direct:channel-mail-attempt}
     */
    public record Made(String routeId, Map<String, Object> parameters, String beginning) {}

    /** The route files have been read by now, and nothing has started. */
    @Override
    public void beforeApplicationStart(CamelContext camel) {
        ModelCamelContext model = (ModelCamelContext) camel;
        prepare(model.getRouteDefinitions().stream()
                .filter(route -> "channel".equals(route.getGroup()))
                .toList());
        if (model.getRouteTemplateDefinition("channel") != null) {
            Set<String> beans = model.getCustomBeans().stream()
                    .map(BeanFactoryDefinition::getName)
                    .collect(Collectors.toSet());
            learn(model, made(model), policy.now(), beans).apply();
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // all is known before
    }

    /** What a channel is asked for starts before the channel itself. */
    private static void prepare(List<RouteDefinition> routes) {
        if (routes.size() > LAST - FIRST + 1) {
            throw new StartRefused("There are places for " + (LAST - FIRST + 1) + " routes of the group channel, and "
                    + routes.size() + " of them.");
        }
        int next = FIRST;
        for (RouteDefinition route : routes) {
            if (route.getTemplateParameters() == null) {
                route.setStartupOrder(next++);
                leaveFailures(route);
            }
        }
        for (RouteDefinition route : routes) {
            if (route.getTemplateParameters() != null) {
                route.setStartupOrder(next++);
            }
        }
    }

    /** What a channel's own steps throw is for the template to read, not to be handled or logged before. */
    public static void leaveFailures(RouteDefinition route) {
        if ("channel".equals(route.getGroup())
                && route.getTemplateParameters() == null
                && route.getErrorHandler() == null) {
            route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        }
    }

    /** Gives a channel's route that comes later the first place that is free. Errors: there is none. */
    public static void place(RouteDefinition route, CamelContext camel) {
        if (!"channel".equals(route.getGroup())) {
            return;
        }
        Set<Integer> taken =
                camel.getRoutes().stream().map(Route::getStartupOrder).collect(Collectors.toSet());
        route.setStartupOrder(IntStream.rangeClosed(FIRST, LAST)
                .filter(order -> !taken.contains(order))
                .findFirst()
                .orElseThrow(() -> new StartRefused("There are places for " + (LAST - FIRST + 1)
                        + " routes of the group channel, and all are taken.")));
    }

    private static List<Made> made(ModelCamelContext camel) {
        return camel.getRouteDefinitions().stream()
                .map(route -> new Made(
                        route.getRouteId(),
                        route.getTemplateParameters() == null ? Map.of() : route.getTemplateParameters(),
                        route.getInput().getEndpointUri().replace("direct://", "direct:")))
                .toList();
    }

    /** What the channels of some routes come to. */
    public record Learned(Map<String, ChannelLimit> byChannel, ChannelLimits limits) {

        /** From now on these limits count. */
        public void apply() {
            byChannel.forEach(limits::set);
        }
    }

    /** A provider that is in no route any more gives back what it holds. */
    public void end(Object provider) {
        begun.remove(provider);
        providers.end(provider);
    }

    /**
     * Finds out what the channels of these routes come to, and sets up providers that were not yet. Errors: {@link StartRefused}
     * where they do not fit the table.
     *
     * @param routes all that there are, or are to be
     * @param beans the names of those that route files make
     */
    public Learned learn(CamelContext camel, List<Made> routes, Policy table, Set<String> beans) {
        Map<String, ChannelLimit> known = new HashMap<>();
        Set<String> outcomes = new HashSet<>();
        for (Made route : routes) {
            Map<String, Object> parameters = route.parameters();
            Channel channel = table.channels().get(String.valueOf(parameters.get("channel")));
            if (!parameters.isEmpty()) {
                outcomes.add(String.valueOf(parameters.get("outcome")));
            }
            // a channel that the table does not have is one that a deployment has taken out of it
            if (channel != null) {
                mustFit(route, channel);
                mustHaveItsSteps(routes, parameters, channel);
                ChannelLimit limit = limit(channel.code(), camel, parameters);
                limits.mustSuffice(channel.code(), limit);
                begin(provider(camel, parameters, channel), channel, limit);
                known.put(channel.code(), limit);
            }
        }
        table.channels().values().stream()
                .filter(channel -> !channel.inbox() && !known.containsKey(channel.code()))
                .findFirst()
                .ifPresent(channel -> {
                    throw new StartRefused("Channel " + channel.code() + " of policy.yaml names route "
                            + channel.route()
                            + ", which is not made from the template \"channel\" for it; its file needs a"
                            + " templatedRoute such as that of 50-channel-mail.camel.yaml.");
                });
        beans.stream()
                .filter(name -> !outcomes.contains(name))
                .forEach(name -> providers.refuse(name, camel.getRegistry().lookupByName(name)));
        return new Learned(known, limits);
    }

    private void begin(Object provider, Channel channel, ChannelLimit limit) {
        if (!channel.code().equals(begun.get(provider))) {
            providers.begin(provider, channel, limit);
            begun.put(provider, channel.code());
        }
    }

    private static void mustHaveItsSteps(List<Made> routes, Map<String, Object> parameters, Channel channel) {
        String wanted = "direct:" + parameters.get("attempt");
        if (routes.stream().map(Made::beginning).noneMatch(wanted::equals)) {
            throw new StartRefused("Channel " + channel.code() + " has its attempts made by " + wanted
                    + ", and no route begins with that.");
        }
    }

    private static Object provider(CamelContext camel, Map<String, Object> parameters, Channel channel) {
        Object provider = camel.getRegistry().lookupByName(String.valueOf(parameters.get("outcome")));
        if (provider == null) {
            throw new StartRefused("Channel " + channel.code() + " has its outcomes read by "
                    + parameters.get("outcome") + ", and there is no such bean.");
        }
        return provider;
    }

    private static void mustFit(Made route, Channel channel) {
        Object queue = route.parameters().get("queue");
        if (!channel.route().equals(route.routeId()) || !channel.route().equals(queue)) {
            throw new StartRefused(
                    "Channel " + channel.code() + " has route " + channel.route() + " in policy.yaml, but "
                            + route.routeId() + " with queue " + queue
                            + " in its route file; all three must be the same.");
        }
    }

    private static ChannelLimit limit(String code, CamelContext camel, Map<String, Object> parameters) {
        try {
            return new ChannelLimit(
                    Integer.parseInt(value("concurrency", camel, parameters)),
                    Integer.parseInt(value("in-memory", camel, parameters)),
                    DurationStyle.detectAndParse(value("attempt-timeout", camel, parameters)));
        } catch (IllegalArgumentException bad) {
            throw new StartRefused(
                    "Channel " + code + " cannot work as its route file and camelbell.channels."
                            + code.toLowerCase(Locale.ROOT).replace('_', '-') + " say: " + bad.getMessage(),
                    bad);
        }
    }

    private static String value(String name, CamelContext camel, Map<String, Object> parameters) {
        return camel.resolvePropertyPlaceholders(String.valueOf(parameters.get(name)));
    }
}
