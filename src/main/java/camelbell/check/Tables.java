package camelbell.check;

import camelbell.channel.RetriesFile;
import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Findings;
import camelbell.configuration.Meant;
import camelbell.message.MessageFiles;
import camelbell.model.Operators;
import camelbell.model.Policy;
import camelbell.recipient.PolicyFile;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** The tables and texts beside the routes, by the readers that the hub has them read by. */
final class Tables {

    private final String folder;
    private final ResourcePatternResolver resources;
    private final Findings findings;

    Tables(String folder, ResourcePatternResolver resources, Findings findings) {
        this.folder = folder;
        this.resources = resources;
        this.findings = findings;
    }

    /**
     * Checks all of them.
     *
     * @param routes ids of the routes that there are
     * @param made ids of those that are made of templates
     * @return the policy as far as it can be read; null when it cannot
     */
    @Nullable
    Policy check(Set<String> routes, Set<String> made, Operators operators, Locale language) {
        Resource file = resources.getResource(folder + "/policy.yaml");
        Policy policy = PolicyFile.read(file, routes, operators, findings);
        if (policy == null) {
            return null; // what the other tables say can only be held against it
        }
        CheckedYaml yaml = CheckedYaml.parse(file, findings);
        if (yaml != null) {
            slips(yaml);
            templates(yaml, made);
        }
        RetriesFile.check(resources.getResource(folder + "/retries.yaml"), policy, findings);
        MessageFiles.check(folder, language, policy, resources, findings);
        return policy;
    }

    /** A type of one's own that is nearly one of the guide's was hardly meant: nobody posts it, so nobody is ever told. */
    private void slips(CheckedYaml yaml) {
        CheckedYaml shipped = CheckedYaml.parse(resources.getResource("classpath:routes/policy.yaml"), findings);
        Set<String> known = new TreeSet<>();
        if (shipped != null) {
            shipped.content().path("events").fieldNames().forEachRemaining(known::add);
        }
        yaml.content().path("events").properties().stream()
                .filter(event -> !known.contains(event.getKey()))
                .forEach(event -> known.stream()
                        .filter(type -> Meant.isOneEditAway(event.getKey(), type))
                        .forEach(type -> yaml.warning(
                                event.getValue(),
                                "event " + event.getKey() + " is one letter away from " + type + "; did you mean "
                                        + type + "?")));
    }

    private static void templates(CheckedYaml yaml, Set<String> made) {
        yaml.content().path("channels").properties().stream()
                .map(Map.Entry::getValue)
                .filter(channel -> !channel.path("inbox").asBoolean())
                .map(channel -> channel.path("route"))
                .filter(route -> route.isTextual() && !made.contains(route.asText()))
                .forEach(route -> yaml.error(
                        route,
                        "route " + route.asText() + " is not made of the template \"channel\" for it; its file needs a"
                                + " templatedRoute such as that of 50-channel-mail.camel.yaml"));
    }
}
