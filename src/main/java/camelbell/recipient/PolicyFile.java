package camelbell.recipient;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Findings;
import camelbell.model.Operators;
import camelbell.model.Policy;
import camelbell.model.PolicyReader;
import camelbell.model.Replaceable;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Reads routes/policy.yaml; wrong entries stop the start, or a reload, with the file's name and their lines. */
@Configuration(value = "policyReader", proxyBeanMethods = false)
public class PolicyFile implements PolicyReader {

    private final String folder;
    private final Resource file;
    private final Operators operators;

    PolicyFile(
            @Value("${camelbell.routes}") String folder,
            @Value("${camelbell.routes}/policy.yaml") Resource file,
            Operators operators) {
        this.folder = folder;
        this.file = file;
        this.operators = operators;
    }

    @Bean
    Replaceable<Policy> policy() {
        return new Replaceable<>(read());
    }

    @Override
    public Policy read() {
        return read(file, RouteIds.in(folder), operators);
    }

    static Policy read(Resource file, Set<String> routes, Operators operators) {
        Findings findings = new Findings();
        Policy policy = read(file, routes, operators, findings);
        findings.mustHaveNoErrors();
        return Objects.requireNonNull(policy);
    }

    /**
     * Reads the table as far as it can be read.
     *
     * @param routes ids of the routes that channels may name
     * @param findings gets whatever is wrong
     * @return null when not even its schema holds; with errors among the findings it is to be used for nothing but further checks
     */
    public static @Nullable Policy read(Resource file, Set<String> routes, Operators operators, Findings findings) {
        CheckedYaml yaml = CheckedYaml.read(file, "policy.schema.json", findings);
        return yaml == null ? null : PolicyTable.of(yaml, routes, operators);
    }
}
