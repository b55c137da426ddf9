package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The names that the contract fixes can be set from the environment, in both of its spellings. */
class RelaxedNamesTest {

    private static final String CHOSEN = "17";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camelbell.http.port",
                "camelbell.http.allowed-origins",
                "camelbell.http.trusted-proxies",
                "camelbell.kafka.brokers",
                "spring.datasource.url",
                "spring.datasource.username",
                "spring.datasource.password",
                "camelbell.jwt.secrets",
                "camelbell.jwt.jwks-uri",
                "camelbell.jwt.issuer",
                "camelbell.jwt.audience",
                "camelbell.mail.host",
                "camelbell.mail.port",
                "camelbell.mail.username",
                "camelbell.mail.password",
                "camelbell.mail.from",
                "camelbell.mail.starttls",
                "camelbell.whatsapp.base-url",
                "camelbell.whatsapp.api-version",
                "camelbell.whatsapp.phone-number-id",
                "camelbell.whatsapp.access-token",
                "camelbell.whatsapp.app-secret",
                "camelbell.whatsapp.verify-token",
                "camelbell.ticket-url",
                "camelbell.routes"
            })
    void a_fixed_name_has_a_default_and_both_spellings_of_its_environment_variable_go_before_it(String name) {
        String capitals = name.toUpperCase(Locale.ROOT).replace('.', '_');

        assertThat(environment(Map.of()).containsProperty(name)).isTrue();
        assertThat(bound(name, capitals.replace('-', '_'))).isEqualTo(CHOSEN);
        assertThat(bound(name, capitals.replace("-", ""))).isEqualTo(CHOSEN);
        assertThat(read(name, capitals.replace('-', '_'))).isEqualTo(CHOSEN);
        assertThat(read(name, capitals.replace("-", ""))).isEqualTo(CHOSEN);
    }

    /** As @ConfigurationProperties see it. */
    private static String bound(String name, String variable) {
        return Binder.get(environment(Map.of(variable, CHOSEN)))
                .bind(name, String.class)
                .orElse("");
    }

    /** As ${…} in application.yaml and {{…}} in the routes see it. */
    private static String read(String name, String variable) {
        return environment(Map.of(variable, CHOSEN)).resolvePlaceholders("${" + name + "}");
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(source, new SystemEnvironmentPropertySource(source, variables));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
