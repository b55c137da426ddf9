package camelbell.recipient;

import camelbell.configuration.CheckedYaml;
import camelbell.model.Policy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Reads routes/policy.yaml once, at start-up; a wrong entry stops the start with the file's name and the line. */
@Configuration(proxyBeanMethods = false)
class PolicyFile {

    @Bean
    Policy policy(@Value("${camelbell.routes}/policy.yaml") Resource file) {
        return read(file);
    }

    static Policy read(Resource file) {
        return PolicyTable.of(CheckedYaml.read(file, "policy.schema.json"));
    }
}
