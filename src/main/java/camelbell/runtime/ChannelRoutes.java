package camelbell.runtime;

import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import camelbell.model.ChannelProviders;
import camelbell.model.Policy;
import camelbell.model.StartRefused;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.stereotype.Component;

/**
 * Knows the channels by their routes, which the template {@code channel} of routes/45-channel.camel.yaml makes: gives each
 * its place in the start order, tells {@link ChannelLimits} what it may do at once, has its provider set up, and refuses the
 * start where policy table and route files do not fit each other.
 */
@Component
class ChannelRoutes implements CamelContextConfiguration {

    private final Policy policy;
    private final ChannelLimits limits;
    private final ChannelProviders providers;

    ChannelRoutes(Policy policy, ChannelLimits limits, ChannelProviders providers) {
        this.policy = policy;
        this.limits = limits;
        this.providers = providers;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        ((ModelCamelContext) camel).addModelLifecycleStrategy(new StartOrder());
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarting(CamelContext starting) {
                learn((ModelCamelContext) starting);
            }
        });
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // all is known before
    }

    private void learn(ModelCamelContext camel) {
        Set<String> made = new HashSet<>();
        for (RouteDefinition route : camel.getRouteDefinitions()) {
            Map<String, Object> parameters = route.getTemplateParameters();
            Channel channel = parameters == null ? null : policy.channels().get(parameters.get("channel"));
            // a channel that the table does not have is one that a deployment has taken out of it
            if (parameters != null && channel != null) {
                mustFit(route, parameters, channel);
                ChannelLimit limit = limit(channel.code(), camel, parameters);
                limits.set(channel.code(), limit);
                Object outcome = camel.getRegistry().lookupByName(String.valueOf(parameters.get("outcome")));
                if (outcome == null) {
                    throw new StartRefused("Channel " + channel.code() + " has its outcomes read by "
                            + parameters.get("outcome") + ", and there is no such bean.");
                }
                providers.begin(outcome, channel, limit);
                made.add(channel.code());
            }
        }
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
                            + code.toLowerCase(Locale.ROOT) + " say: " + bad.getMessage(),
                    bad);
        }
    }

    private static String value(String name, CamelContext camel, Map<String, Object> parameters) {
        return camel.resolvePropertyPlaceholders(String.valueOf(parameters.get(name)));
    }

    /** Behind what channels hand outcomes to, before what hands deliveries to them. */
    private static final class StartOrder extends ModelLifecycleStrategySupport {

        /** The route files keep these free. */
        private static final int FIRST = 77;

        private static final int LAST = 109;

        private int next = FIRST;

        @Override
        public void onAddRouteDefinition(RouteDefinition route) {
            if (!"channel".equals(route.getGroup()) || route.getStartupOrder() != null) {
                return;
            }
            if (route.getTemplateParameters() == null) {
                // what a channel's own steps throw is for the template to read, not to be handled or logged before
                route.setErrorHandlerFactoryIfNull(new NoErrorHandlerDefinition());
            }
            if (next > LAST) {
                throw new StartRefused("Route " + route.getRouteId() + " is one too many: there are places for "
                        + (LAST - FIRST + 1) + " routes of the group channel.");
            }
            route.setStartupOrder(next++);
        }
    }
}
