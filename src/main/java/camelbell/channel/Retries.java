package camelbell.channel;

import camelbell.model.Policy;
import camelbell.model.RetryPolicies;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Hands out what routes/retries.yaml says. */
@Configuration(proxyBeanMethods = false)
class Retries {

    @Bean
    RetriesFile retriesFile(@Value("${camelbell.routes}/retries.yaml") Resource file, Policy policy) {
        return RetriesFile.read(file, policy);
    }

    @Bean
    RetryPolicies retryPolicies(RetriesFile file) {
        return file.retries();
    }

    @Bean
    ErrorClasses errorClasses(RetriesFile file) {
        return file.errors();
    }
}
