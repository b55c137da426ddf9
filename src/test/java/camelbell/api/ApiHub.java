package camelbell.api;

import camelbell.CamelbellApplication;
import camelbell.it.Fixture;
import camelbell.it.Stack;
import camelbell.it.Tokens;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** The hub with its API routes alone, on a real database; its tests talk to it over HTTP. */
@SpringBootTest(
        classes = CamelbellApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "camel.main.routes-include-pattern=classpath:routes/80-api.camel.yaml,classpath:routes/88-answer.camel.yaml,classpath:api/announce.camel.yaml",
            "camelbell.directory.staleness=1ms",
            // rows are changed behind the hub's back; CountsTest has them kept
            "camelbell.api.counts-kept=0s",
            // a database that only stalls is waited for; FailingDatabaseTest has the shipped times
            "camelbell.api.query-timeout=20s",
            "spring.datasource.hikari.connection-timeout=20000",
            "spring.datasource.hikari.validation-timeout=20000"
        })
abstract class ApiHub {

    static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Autowired
    CamelContext camel;

    @Autowired
    private Environment environment;

    @Autowired
    private PlatformHttpEngine engine;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        Stack.quickProperties().forEach((name, value) -> registry.add(name, () -> value));
    }

    void load(InputStream fixture) throws IOException {
        DriverManagerDataSource database = database();
        new Fixture(JdbcClient.create(database), new TransactionTemplate(new DataSourceTransactionManager(database)))
                .load(fixture);
    }

    /** Changes rows behind the hub's back. */
    void change(String sql) {
        jdbc().sql(sql).update();
    }

    /** Past the hub's connections, which give up early; each statement is committed at once. */
    JdbcClient jdbc() {
        return JdbcClient.create(database());
    }

    DriverManagerDataSource database() {
        return new DriverManagerDataSource(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getRequiredProperty("spring.datasource.password"));
    }

    String base() {
        return "http://localhost:" + engine.getServerPort();
    }

    Answer send(String method, String path, Map<String, String> headers, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        Map<String, String> named = new TreeMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> named.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return new Answer(response.statusCode(), named, response.body());
    }

    Answer get(String path, long user) throws Exception {
        return send("GET", path, Map.of("Authorization", "Bearer " + Tokens.of(user)), "");
    }

    Answer post(String path, long user) throws Exception {
        return send("POST", path, Map.of("Authorization", "Bearer " + Tokens.of(user)), "");
    }

    /** @param headers by lower-case name */
    record Answer(int status, Map<String, String> headers, String body) {

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }
}
