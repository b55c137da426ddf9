package camelbell.runtime.reload;

import camelbell.model.StartRefused;
import camelbell.runtime.ChannelRoutes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.BeanModelHelper;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteDefinitionHelper;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** Makes of one route's text what Camel runs, without adding it to what runs. */
final class RouteCompiler {

    private final ModelCamelContext camel;

    RouteCompiler(CamelContext camel) {
        this.camel = (ModelCamelContext) camel;
    }

    /** Steps that have started, with nothing on them. Errors: {@link StartRefused}, by file and line. */
    AsyncProcessor steps(RouteElement element) {
        AsyncProcessor steps = null;
        try {
            Route made = camel.getModelReifierFactory().createRoute(camel, definition(element));
            forgetPolicies(made, camel.getRoute(element.id()));
            steps = ((DelegateAsyncProcessor) made.getProcessor()).getProcessor();
            ServiceHelper.initService(steps);
            ServiceHelper.startService(steps);
            return steps;
        } catch (Exception e) {
            end(steps);
            throw refusal(element, e);
        }
    }

    /** For steps that were made and are not used. */
    static void end(@Nullable AsyncProcessor steps) {
        ServiceHelper.stopAndShutdownServices(steps);
    }

    /** The whole route. Errors: {@link StartRefused}, by file and line. */
    RouteDefinition definition(RouteElement element) {
        try {
            RouteBuilder builder = builder(element.file(), element.yaml());
            builder.configureRoutes(camel);
            RouteDefinition route = builder.getRouteCollection().getRoutes().get(0);
            if (!route.isPrepared()) {
                RouteDefinitionHelper.prepareRoute(camel, route);
                route.markPrepared();
            }
            if (!element.parameters().isEmpty()) {
                route.setTemplateParameters(element.parameters());
            }
            ChannelRoutes.leaveFailures(route);
            return route;
        } catch (Exception e) {
            throw refusal(element, e);
        }
    }

    /** A bean of a route file. Errors: {@link StartRefused}. */
    Object bean(String name, JsonNode said) {
        BeanFactoryDefinition<?> definition = new BeanFactoryDefinition<>();
        definition.setName(name);
        definition.setType(said.path("type").asText());
        Map<String, Object> properties = new LinkedHashMap<>();
        said.path("properties")
                .properties()
                .forEach(one -> properties.put(one.getKey(), one.getValue().asText()));
        definition.setProperties(properties);
        try {
            return BeanModelHelper.newInstance(definition, camel);
        } catch (Exception e) {
            throw new StartRefused("bean " + name + ": " + RouteRefusal.sentence(e), e);
        }
    }

    /**
     * Replaces a configuration of routes, for those that are made from now on; answers what undoes that.
     *
     * @param said null: there is none any more
     */
    Runnable configure(String id, @Nullable JsonNode said) {
        RouteConfigurationDefinition before = camel.getRouteConfigurationDefinition(id);
        Runnable undo = () -> restore(id, before);
        try {
            remove(id);
            if (said != null) {
                String yaml = new YAMLMapper().writeValueAsString(List.of(Map.of("routeConfiguration", said)));
                ((RouteConfigurationsBuilder) builder("configuration.camel.yaml", yaml))
                        .addRouteConfigurationsToCamelContext(camel);
            }
            return undo;
        } catch (Exception e) {
            undo.run();
            throw new StartRefused("routeConfiguration " + id + " cannot be run: " + RouteRefusal.sentence(e), e);
        }
    }

    private void restore(String id, @Nullable RouteConfigurationDefinition before) {
        try {
            remove(id);
            if (before != null) {
                camel.addRouteConfiguration(before);
            }
        } catch (Exception e) {
            throw new IllegalStateException("routeConfiguration " + id + " could not be put back", e);
        }
    }

    private void remove(String id) throws Exception {
        RouteConfigurationDefinition there = camel.getRouteConfigurationDefinition(id);
        if (there != null) {
            camel.removeRouteConfiguration(there);
        }
    }

    private RouteBuilder builder(String file, String yaml) throws Exception {
        return (RouteBuilder) PluginHelper.getRoutesLoader(camel)
                .findRoutesBuilders(ResourceHelper.fromString("file:" + file, yaml))
                .iterator()
                .next();
    }

    /** Those of the route that runs go on; what was made for this one alone is no service of anybody's. */
    private void forgetPolicies(Route made, @Nullable Route running) throws Exception {
        List<RoutePolicy> own = new ArrayList<>(made.getRoutePolicyList());
        if (running != null) {
            own.removeAll(running.getRoutePolicyList());
        }
        for (RoutePolicy policy : own) {
            camel.removeService(policy);
        }
    }

    private static StartRefused refusal(RouteElement element, Exception failure) {
        return failure instanceof StartRefused refused
                ? refused
                : new StartRefused(
                        element.place() + "route " + element.id() + " cannot be run: " + RouteRefusal.sentence(failure),
                        failure);
    }
}
