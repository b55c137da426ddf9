package camelbell.check;

import camelbell.configuration.Finding;
import camelbell.configuration.Findings;
import camelbell.model.Policy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Everything that is wrong with a folder of routes and tables, all at once. Starts nothing and reaches no server. */
public final class Check {

    private final CamelSchema schema;
    private final BeanIndex beans = new BeanIndex();
    private final Endpoints endpoints;
    private final Expressions expressions;

    /** What is the same for every folder is read once; it takes a second, so who checks often keeps the object. */
    public Check() {
        DefaultCamelContext camel = new DefaultCamelContext(); // never started, so there is nothing to close
        camel.build();
        schema = new CamelSchema(new CamelParser(camel));
        endpoints = new Endpoints(camel);
        expressions = new Expressions(camel);
    }

    /** Checks one folder, as {@link #of} does. */
    public static List<Finding> folder(String folder, PropertyResolver settings) {
        return new Check().of(folder, settings);
    }

    /**
     * Checks a folder as {@code camelbell.routes} names it. By one thread at a time.
     *
     * @param folder a Spring resource location, such as {@code file:/etc/camelbell/routes}
     * @param settings where placeholders have their values; none of them is shown
     * @return by file and line; empty when nothing is wrong
     */
    public List<Finding> of(String folder, PropertyResolver settings) {
        Findings findings = new Findings();
        ResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        List<RouteSource> files = new RouteSources(folder, resources, findings).files();
        boolean whole = !findings.haveErrors();
        Set<String> made = files.stream()
                .flatMap(file -> file.beans().stream())
                .map(bean -> bean.path("name").asText())
                .collect(Collectors.toSet());
        Placeholders placeholders = new Placeholders(settings);
        for (RouteSource file : files) {
            schema.check(file);
            endpoints.check(file, made);
            expressions.check(file);
            placeholders.check(file);
        }
        new Structure().check(files);
        Calls calls = new Calls(files, whole);
        calls.check();
        new BeanCalls(files, beans).check();
        Locale language = Locale.forLanguageTag(settings.getProperty("camelbell.locale", "en"));
        Policy policy = new Tables(folder, resources, findings)
                .check(routeIds(files), madeOf(files), new OperatorNames(), language);
        new Channels(files, calls).check(policy);
        return findings.all();
    }

    private static Set<String> madeOf(List<RouteSource> files) {
        Set<String> ids = new HashSet<>();
        files.forEach(file -> file.all("templatedRoute")
                .forEach(route -> ids.add(route.path("routeId").asText())));
        return ids;
    }

    private static Set<String> routeIds(List<RouteSource> files) {
        Set<String> ids = madeOf(files);
        files.forEach(file ->
                file.all("route").forEach(route -> ids.add(route.path("id").asText())));
        return ids;
    }
}
