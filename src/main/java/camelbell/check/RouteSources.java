package camelbell.check;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import camelbell.configuration.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** The route files of a folder, and what lies beside them as if it were read. */
final class RouteSources {

    private static final Set<String> TABLES =
            new TreeSet<>(Set.of("policy.yaml", "retries.yaml", "whatsapp-templates.yaml"));

    private final String folder;
    private final ResourcePatternResolver resources;
    private final Findings findings;

    RouteSources(String folder, ResourcePatternResolver resources, Findings findings) {
        this.folder = folder;
        this.resources = resources;
        this.findings = findings;
    }

    /** In the order of their names, as far as they are YAML. */
    List<RouteSource> files() {
        List<RouteSource> files = new ArrayList<>();
        for (Resource resource : matching("/*.camel.yaml")) {
            CheckedYaml yaml = CheckedYaml.parse(resource, findings);
            if (yaml != null) {
                files.add(new RouteSource(Objects.requireNonNull(resource.getFilename()), yaml));
            }
        }
        if (files.isEmpty() && !findings.haveErrors()) {
            boolean located = folder.startsWith("file:") || folder.startsWith("classpath:");
            findings.add(new Finding(
                    folder,
                    0,
                    0,
                    Severity.ERROR,
                    "no route files (*.camel.yaml) there" + (located ? "" : "; a folder is named file: and its path")));
        }
        unread("/*.y*ml");
        unread("/*.Y*ML");
        unread("/templates/words/*.yml");
        return files;
    }

    private void unread(String pattern) {
        for (Resource file : matching(pattern)) {
            String name = String.valueOf(file.getFilename());
            if (!name.endsWith(".camel.yaml") && !TABLES.contains(name)) {
                findings.add(new Finding(
                        CheckedYaml.name(file),
                        0,
                        0,
                        Severity.WARNING,
                        "is not read: route files end in .camel.yaml, words in .yaml, and the tables are " + TABLES));
            }
        }
    }

    private List<Resource> matching(String pattern) {
        try {
            List<Resource> files = new ArrayList<>(List.of(resources.getResources(folder + pattern)));
            files.sort(Comparator.comparing(resource -> String.valueOf(resource.getFilename())));
            return files;
        } catch (IOException e) {
            return List.of(); // that there are no routes is said
        }
    }
}
