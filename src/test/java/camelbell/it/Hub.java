package camelbell.it;

import static org.awaitility.Awaitility.await;

import camelbell.CamelbellApplication;
import camelbell.dev.CloudApiDouble;
import camelbell.dev.Mailbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A whole hub in this JVM, with a database, topics, a mailbox and a Cloud API of its own, and a producer to feed it. */
final class Hub implements AutoCloseable {

    private static final int KEEP = 100;

    private final Mailbox mailbox = new Mailbox("localhost", 0, 0, KEEP);
    private final CloudApiDouble whatsapp;
    private final Map<String, String> properties = Stack.quickProperties();
    private final KafkaProducer<byte[], byte[]> kafka;
    private ConfigurableApplicationContext context;

    Hub(String... settings) {
        whatsapp = new CloudApiDouble(
                "localhost",
                0,
                property("camelbell.whatsapp.phone-number-id"),
                property("camelbell.whatsapp.access-token"),
                KEEP);
        properties.put("camelbell.mail.port", String.valueOf(mailbox.smtpPort()));
        properties.put("camelbell.bounces.port", String.valueOf(mailbox.imapPort()));
        properties.put("camelbell.whatsapp.base-url", whatsapp.baseUrl());
        for (String setting : settings) {
            properties.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        context = start();
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", outside(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private ConfigurableApplicationContext start() {
        return node(context -> {});
    }

    /** Another node of the same hub, in the same JVM, with something done to it before it starts; the caller's to close. */
    ConfigurableApplicationContext node(ApplicationContextInitializer<ConfigurableApplicationContext> before) {
        SpringApplication node = new SpringApplication(CamelbellApplication.class);
        node.addInitializers(before);
        return node.run(properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new));
    }

    /** Starts it again, with something done before; see {@link #node}. */
    void restart(ApplicationContextInitializer<ConfigurableApplicationContext> before) {
        context.close();
        context = node(before);
    }

    void restart() {
        restart(() -> {});
    }

    /** Stops, has something done, and starts again. */
    void restart(Runnable meanwhile) {
        context.close();
        meanwhile.run();
        context = start();
    }

    /** Ends the hub alone; {@link #close} ends what it was used with. */
    void stop() {
        context.close();
    }

    /** To be called while it is stopped: {@code spring.datasource.*} of the database that it starts with. */
    void useDatabase(Map<String, String> other) {
        properties.putAll(other);
    }

    String property(String name) {
        String value = properties.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the test stack sets no " + name);
        }
        return value;
    }

    /** Where the test's own clients come to the same broker: what it asks the hub for, it does not ask them. */
    private String outside() {
        return properties.getOrDefault("test.kafka.outside", property("camelbell.kafka.brokers"));
    }

    /** Posts to the topic that the key names, such as {@code users}; {@link #flush} waits for the broker. */
    void post(String topic, String key, @Nullable String value) {
        var unused = kafka.send(new ProducerRecord<>(
                property("camelbell.kafka.topics." + topic),
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same with headers. */
    void post(String topic, String key, String value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> posted = new ProducerRecord<>(
                property("camelbell.kafka.topics." + topic),
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> posted.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        var unused = kafka.send(posted);
    }

    void flush() {
        kafka.flush();
    }

    /** How many records were ever put on the topic that the key names. */
    long endOf(String topic) {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", outside()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return reader.endOffsets(partitions(topic)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Of the topic that the key names, once it is there: the hub has its topics made while it starts. */
    List<TopicPartition> partitions(String topic) {
        return await().until(
                        () -> kafka.partitionsFor(property("camelbell.kafka.topics." + topic)).stream()
                                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                                .toList(),
                        found -> !found.isEmpty());
    }

    /** A gauge's or counter's value, the sum over its tags; 0 while there is none. */
    double metric(String name) {
        return context.getBean(MeterRegistry.class).find(name).meters().stream()
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    /** The value of what has this tag; 0 while there is none. */
    double metric(String name, String tag, String value) {
        return context.getBean(MeterRegistry.class).find(name).tag(tag, value).meters().stream()
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    /** Changes the database behind the hub's back; committed at once. */
    void execute(String sql) {
        change(sql);
    }

    /** The public port. */
    int port() {
        return context.getBean(PlatformHttpEngine.class).getServerPort();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** One number from the database, also after the hub has been closed. */
    long query(String sql) {
        return jdbc().sql(sql).query(Long.class).single();
    }

    /** To the database, not by the hub; the caller's to close. */
    Connection connection() throws SQLException {
        return dataSource().getConnection();
    }

    private DriverManagerDataSource dataSource() {
        return new DriverManagerDataSource(
                property("spring.datasource.url"),
                property("spring.datasource.username"),
                property("spring.datasource.password"));
    }

    /** Past the hub's connections, which give up early when the database stalls; each statement is committed at once. */
    JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    /** One statement of its own. */
    void change(String sql, Object... parameters) {
        jdbc().sql(sql).params(parameters).update();
    }

    /** Of the public port. */
    String url(String path) {
        return "http://localhost:" + context.getBean(PlatformHttpEngine.class).getServerPort() + path;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    CloudApiDouble whatsapp() {
        return whatsapp;
    }

    @Override
    public void close() {
        kafka.close();
        context.close();
        mailbox.close();
        whatsapp.close();
    }
}
