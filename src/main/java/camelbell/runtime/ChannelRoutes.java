package camelbell.runtime;

import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import camelbell.model.ChannelProviders;
import camelbell.model.Policy;
import camelbell.model.StartRefused;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
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
class ChannelRoutes implements CamelContextConfiguration {

    /** Behind what channels hand outcomes to, before what hands deliveries to them; the route files keep these free. */
    private static final int FIRST = 77;

    private static final int LAST = 109;

    private final Policy policy;
    private final ChannelLimits limits;
    private final ChannelProviders providers;

    ChannelRoutes(Policy policy, ChannelLimits limits, ChannelProviders providers) {
        this.policy = policy;
        this.limits = limits;
        this.providers = providers;
    }

    /** The route files have been read by now, and nothing has started. */
    @Override
    public void beforeApplicationStart(CamelContext camel) {
        ModelCamelContext model = (ModelCamelContext) camel;
        prepare(model.getRouteDefinitions().stream()
                .filter(route -> "channel".equals(route.getGroup()))
                .toList());
        if (model.getRouteTemplateDefinition("channel") != null) {
            learn(model);
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
                // what a channel's own steps throw is for the template to read, not to be handled or logged before
                if (route.getErrorHandler() == null) {
                    route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
                }
            }
        }
        for (RouteDefinition route : routes) {
            if (route.getTemplateParameters() != null) {
                route.setStartupOrder(next++);
            }
        }
    }

    private void learn(ModelCamelContext camel) {
        Set<String> made = new HashSet<>();
        Set<String> outcomes = new HashSet<>();
        for (RouteDefinition route : camel.getRouteDefinitions()) {
            Map<String, Object> parameters = route.getTemplateParameters();
            Channel channel = parameters == null ? null : policy.channels().get(parameters.get("channel"));
            if (parameters != null) {
                outcomes.add(String.valueOf(parameters.get("outcome")));
            }
            // a channel that the table does not have is one that a deployment has taken out of it
            if (parameters != null && channel != null) {
                mustFit(route, parameters, channel);
                mustHaveItsSteps(camel, parameters, channel);
                ChannelLimit limit = limit(channel.code(), camel, parameters);
                limits.set(channel.code(), limit);
                providers.begin(provider(camel, parameters, channel), channel, limit);
                made.add(channel.code());
            }
        }
        camel.getCustomBeans().stream()
                .map(BeanFactoryDefinition::getName)
                .filter(name -> !outcomes.contains(name))
                .forEach(name -> providers.refuse(name, camel.getRegistry().lookupByName(name)));
        policy.channels().values().stream()
                .filter(channel -> !channel.inbox() && !made.contains(channel.code()))
                .findFirst()
                .ifPresent(channel -> {
                    throw new StartRefused("Channel " + channel.code() + " of policy.yaml names route "
                            + channel.route()
                            + ", which is not made from the template \"channel\" for it; its file needs a"
                            + " templatedRoute such as that of 50-channel-mail.camel.yaml.");
                });
    }

    private static void mustHaveItsSteps(ModelCamelContext camel, Map<String, Object> parameters, Channel channel) {
        String wanted = "direct:" + parameters.get("attempt");
        boolean there = camel.getRouteDefinitions().stream()
                .map(route -> route.getInput().getEndpointUri().replace("direct://", "direct:"))
                .anyMatch(wanted::equals);
        if (!there) {
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

    private static void mustFit(RouteDefinition route, Map<String, Object> parameters, Channel channel) {
        if (!channel.route().equals(route.getRouteId()) || !channel.route().equals(parameters.get("queue"))) {
            throw new StartRefused(
                    "Channel " + channel.code() + " has route " + channel.route() + " in policy.yaml, but "
                            + route.getRouteId() + " with queue " + parameters.get("queue")
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
