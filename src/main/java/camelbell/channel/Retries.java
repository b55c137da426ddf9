package camelbell.channel;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.model.Replaceable;
import camelbell.model.RetryPolicies;
import camelbell.model.StageTables;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Hands out what routes/retries.yaml says. */
@Configuration(proxyBeanMethods = false)
class Retries implements StageTables {

    private final Resource resource;
    private final Replaceable<RetriesFile> file;
    private final Replaceable<RetryPolicies> retries;
    private final Replaceable<ErrorClasses> errors;

    Retries(@Value("${camelbell.routes}/retries.yaml") Resource resource, Current<Policy> policy) {
        this.resource = resource;
        RetriesFile first = RetriesFile.read(resource, policy.now());
        file = new Replaceable<>(first);
        retries = new Replaceable<>(first.retries());
        errors = new Replaceable<>(first.errors());
    }

    @Bean
    Replaceable<RetriesFile> retriesFile() {
        return file;
    }

    @Bean
    Replaceable<RetryPolicies> retryPolicies() {
        return retries;
    }

    @Bean
    Replaceable<ErrorClasses> errorClasses() {
        return errors;
    }

    @Override
    public Runnable read(Policy policy) {
        RetriesFile next = RetriesFile.read(resource, policy);
        return () -> {
            retries.replace(next.retries().over(retries.now()));
            errors.replace(next.errors().over(errors.now()));
            file.replace(next);
        };
    }
}
