package camelbell.check;

import camelbell.check.CamelParser.ParseError;
import camelbell.configuration.Finding;
import camelbell.configuration.Findings;
import camelbell.model.Policy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Everything that is wrong with a folder of routes and tables, all at once. Starts nothing and reaches no server. */
public final class Check {

    private final CompletableFuture<BeanIndex> beans = beside(BeanIndex::new);
    private final CamelParser parser;
    private @Nullable CamelSchema schema;
    private final Endpoints endpoints;
    private final StepModels steps;
    private final Expressions expressions;

    /** What is the same for every folder is read once; it takes a second, so who checks often keeps the object. */
    public Check() {
        DefaultCamelContext camel = new DefaultCamelContext(); // never started, so there is nothing to close
        camel.build();
        parser = new CamelParser(camel);
        DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();
        catalog.setCamelContext(camel);
        catalog.start();
        endpoints = new Endpoints(catalog);
        steps = new StepModels();
        expressions = new Expressions(camel);
    }

    /** By a thread of its own: half a check is reading what Camel knows, the other half what the hub does. */
    private static <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "check-beside").start());
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
        Locale language = Locale.forLanguageTag(settings.getProperty("camelbell.locale", "en"));
        Findings inTables = new Findings();
        CompletableFuture<Optional<Policy>> tables =
                beside(() -> Optional.ofNullable(new Tables(folder, resources, inTables)
                        .check(routeIds(files), madeOf(files), new OperatorNames(), language)));
        CompletableFuture<List<List<ParseError>>> refusals =
                beside(() -> files.stream().map(parser::refusals).toList());
        Placeholders placeholders = new Placeholders(settings);
        for (RouteSource file : files) {
            endpoints.check(file, made);
            expressions.check(file);
            placeholders.check(file);
        }
        for (int file = 0; file < files.size(); file++) {
            steps(files.get(file), refusals.join().get(file));
        }
        new Structure().check(files);
        Calls calls = new Calls(files, whole);
        calls.check();
        new BeanCalls(files, beans.join()).check();
        new Channels(files, calls).check(tables.join().orElse(null));
        inTables.all().forEach(findings::add);
        return findings.all();
    }

    private void steps(RouteSource file, List<ParseError> refusals) {
        boolean wrongValues = steps.check(file, refusals.isEmpty());
        List<ParseError> unsaid = refusals.stream()
                .filter(refusal -> !wrongValues || !refusal.isOfAValue())
                .toList();
        if (!unsaid.isEmpty()) {
            schema().explain(file, unsaid);
        }
    }

    /** It is large, and who makes no mistake needs none of it. */
    private CamelSchema schema() {
        if (schema == null) {
            schema = new CamelSchema();
        }
        return schema;
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
