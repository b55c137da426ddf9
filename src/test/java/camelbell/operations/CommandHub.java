package camelbell.operations;

import camelbell.CamelbellApplication;
import camelbell.it.Stack;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A hub in this JVM, whose settings are those of the commands that are typed in beside it. */
final class CommandHub implements AutoCloseable {

    private final Map<String, String> settings = new HashMap<>(Stack.quickProperties());
    private final ConfigurableApplicationContext context;

    CommandHub(Map<String, String> more) {
        settings.putAll(more);
        context = start();
    }

    private ConfigurableApplicationContext start() {
        ConfigurableApplicationContext started = SpringApplication.run(
                CamelbellApplication.class,
                settings.entrySet().stream()
                        .map(one -> "--" + one.getKey() + "=" + one.getValue())
                        .toArray(String[]::new));
        settings.forEach(System::setProperty);
        System.setProperty("camelbell.http.port", String.valueOf(port(started)));
        return started;
    }

    int port() {
        return port(context);
    }

    private static int port(ConfigurableApplicationContext hub) {
        return hub.getBean(CamelContext.class)
                .getRegistry()
                .findSingleByType(PlatformHttpEngine.class)
                .getServerPort();
    }

    /** Of health and metrics. */
    String managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port");
    }

    String setting(String key) {
        return settings.getOrDefault(key, "");
    }

    /** One number from the database. */
    long query(String sql) {
        return context.getBean(JdbcClient.class).sql(sql).query(Long.class).single();
    }

    /** What was recorded of an event, such as "1 EMAIL sent". */
    Set<String> told(String eventId) {
        return Set.copyOf(context.getBean(JdbcClient.class)
                .sql("SELECT concat_ws(' ', n.recipient, n.channel, lower(n.status)) FROM notification_log n"
                        + " JOIN ticket_event e ON e.id = n.event WHERE e.event_id = ?")
                .param(eventId)
                .query(String.class)
                .list());
    }

    @Override
    public void close() {
        settings.keySet().forEach(System::clearProperty);
        context.close();
    }
}
