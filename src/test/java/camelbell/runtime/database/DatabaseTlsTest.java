package camelbell.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.dev.Certificates;
import camelbell.dev.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL over TLS: the database whom an authority of our own vouches for under this name, or none. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseTlsTest {

    private static final String PASSWORD = "not-for-the-log";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private static Certificates authority;

    @SuppressWarnings("NullAway.Init") // started before the first test
    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws Exception {
        authority = Certificates.in(Files.createDirectory(folder.resolve("authority")));
        Certificates.Issued issued = authority.issue("database", "localhost");
        postgres = PostgresServer.withTls(issued.certificate(), issued.key());
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void with_its_authority_and_name_every_connection_is_encrypted_and_the_schema_is_made() {
        try (ConfigurableApplicationContext hub = run("localhost", authority.authority())) {
            JdbcClient jdbc = JdbcClient.create(hub.getBean(DatabaseConnections.class));
            assertThat(jdbc.sql("SELECT bool_and(ssl) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                                    + " WHERE a.usename = current_user AND a.application_name LIKE 'camelbell%'")
                            .query(Boolean.class)
                            .single())
                    .isTrue();
            assertThat(jdbc.sql("SELECT count(*) FROM notification_log")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void an_authority_that_has_not_issued_its_certificate_ends_the_start_with_one_sentence(CapturedOutput output)
            throws Exception {
        Certificates other = Certificates.in(Files.createDirectory(folder.resolve("other")));
        assertThatThrownBy(() -> run("localhost", other.authority())).isInstanceOf(Exception.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "The database cannot be used: SSL error: ")
                .contains("PKIX path building failed")
                .contains("the authority that has issued it in the PEM file that sslrootcert names there.")
                .doesNotContain(PASSWORD, "\tat org.postgresql");
    }

    @Test
    void another_name_than_the_certificates_ends_the_start_with_one_sentence(CapturedOutput output) {
        assertThatThrownBy(() -> run("127.0.0.1", authority.authority())).isInstanceOf(Exception.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "The database cannot be used: ")
                .contains("127.0.0.1 could not be verified")
                .contains("PostgreSQL's certificate must be for the host in spring.datasource.url")
                .doesNotContain(PASSWORD, "\tat org.postgresql");
    }

    @Test
    void a_file_that_is_missing_ends_the_start_with_its_name(CapturedOutput output) {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> run("localhost", missing)).isInstanceOf(Exception.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "The database cannot be used: ", missing.toString())
                .doesNotContain(PASSWORD, "\tat org.postgresql");
    }

    private static ConfigurableApplicationContext run(String host, Path authority) {
        Map<String, String> settings = new TreeMap<>(postgres.database("tls"));
        settings.compute(
                "spring.datasource.url",
                (key, url) -> String.valueOf(url).replace("localhost", host) + "?sslmode=verify-full&sslrootcert="
                        + authority);
        settings.put("spring.datasource.password", PASSWORD); // whom the server trusts, it asks for none
        settings.put("spring.flyway.connect-retries", "0");
        SpringApplication hub = new SpringApplication(OnlyDatabase.class);
        hub.setWebApplicationType(WebApplicationType.NONE);
        return hub.run(settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
    }

    @Import({DatabaseConfiguration.class, SimpleMeterRegistry.class})
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    @EnableConfigurationProperties({DatabaseProperties.class, DataSourceProperties.class})
    static class OnlyDatabase {}
}
