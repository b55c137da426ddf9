package camelbell.recipient;

import camelbell.configuration.CheckedYaml;
import camelbell.model.Operators;
import camelbell.model.Policy;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Reads routes/policy.yaml once, at start-up; a wrong entry stops the start with the file's name and the line. */
@Configuration(proxyBeanMethods = false)
class PolicyFile {

    @Bean
    Policy policy(
            @Value("${camelbell.routes}") String folder,
            @Value("${camelbell.routes}/policy.yaml") Resource file,
            Operators operators) {
        return read(file, RouteIds.in(folder), operators);
    }

    static Policy read(Resource file, Set<String> routes, Operators operators) {
        return PolicyTable.of(CheckedYaml.read(file, "policy.schema.json"), routes, operators);
    }
}
