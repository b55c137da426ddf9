package camelbell.check;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import camelbell.configuration.Findings;
import camelbell.model.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Everything that is wrong with a folder of routes and tables, all at once. Starts nothing and reaches no server. */
public final class Check {

    private Check() {}

    /**
     * Checks a folder as {@code camelbell.routes} names it.
     *
     * @param folder a Spring resource location, such as {@code file:/etc/camelbell/routes}
     * @param settings where placeholders have their values; none of them is shown
     * @return by file and line; empty when nothing is wrong
     */
    public static List<Finding> folder(String folder, PropertyResolver settings) {
        Findings findings = new Findings();
        ResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        List<RouteSource> files = routeFiles(folder, resources, findings);
        boolean whole = !findings.haveErrors();
        DefaultCamelContext camel = new DefaultCamelContext(); // never started, so there is nothing to close
        camel.build();
        CamelSchema schema = new CamelSchema();
        Endpoints endpoints = new Endpoints(camel);
        Expressions expressions = new Expressions(camel);
        Placeholders placeholders = new Placeholders(settings);
        for (RouteSource file : files) {
            schema.check(file.yaml());
            endpoints.check(file);
            expressions.check(file);
            placeholders.check(file);
        }
        Structure structure = new Structure(files, whole);
        structure.check();
        new BeanCalls(files).check();
        Locale language = Locale.forLanguageTag(settings.getProperty("camelbell.locale", "en"));
        Policy policy = new Tables(folder, resources, findings)
                .check(routeIds(files), madeOf(files), new OperatorNames(), language);
        new Channels(files, structure).check(policy);
        return findings.all();
    }

    private static List<RouteSource> routeFiles(String folder, ResourcePatternResolver resources, Findings findings) {
        List<RouteSource> files = new ArrayList<>();
        for (Resource resource : inOrder(folder, resources)) {
            CheckedYaml yaml = CheckedYaml.parse(resource, findings);
            if (yaml != null) {
                files.add(new RouteSource(Objects.requireNonNull(resource.getFilename()), yaml));
            }
        }
        if (files.isEmpty() && !findings.haveErrors()) {
            findings.add(new Finding(folder, 0, 0, Severity.ERROR, "no route files (*.camel.yaml) there"));
        }
        return files;
    }

    private static List<Resource> inOrder(String folder, ResourcePatternResolver resources) {
        try {
            List<Resource> files = new ArrayList<>(List.of(resources.getResources(folder + "/*.camel.yaml")));
            files.sort(Comparator.comparing(resource -> String.valueOf(resource.getFilename())));
            return files;
        } catch (IOException e) {
            return List.of(); // that there are none is said
        }
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
