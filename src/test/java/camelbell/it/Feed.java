package camelbell.it;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The upstream systems of a hub: people and events onto its topics, whichever nodes read them. */
final class Feed implements AutoCloseable {

    private final Map<String, String> properties;
    private final KafkaProducer<byte[], byte[]> kafka;

    /** Of the hub with these settings. */
    Feed(Map<String, String> properties) {
        this.properties = properties;
        this.kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", setting("camelbell.kafka.brokers"), "linger.ms", 2),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private String setting(String key) {
        String value = properties.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the test stack sets no " + key);
        }
        return value;
    }

    /** Somebody without any address: only the inbox. */
    void person(long id, String role) {
        post(
                "users",
                id,
                "{\"id\":%d,\"username\":\"user_%d\",\"name\":\"User %d\",\"role\":\"%s\"}"
                        .formatted(id, id, id, role));
    }

    /** Until the hub's directory has so many people: only then every one of them is let in, at every node. */
    void awaitPeople(int people) {
        JdbcClient database = JdbcClient.create(new DriverManagerDataSource(
                setting("spring.datasource.url"),
                setting("spring.datasource.username"),
                setting("spring.datasource.password")));
        await().until(() ->
                database.sql("SELECT count(*) FROM person").query(Long.class).single() == people);
    }

    /** ticket_assigned: an inbox row for each assignee, in the order of this ticket's events. */
    void assign(String event, long ticket, long... assignees) {
        String people = Arrays.toString(assignees);
        post(
                "ticket-events",
                ticket,
                """
                {"specversion":"1.0","id":"%s","source":"urn:test","type":"ticket_assigned","subject":"%d",
                 "time":"2016-02-29T07:08:00Z","datacontenttype":"application/json",
                 "data":{"ticket":{"id":%d,"title":"Homepage not loading","priority":"HIGH","category":"BUG",
                   "status":"NEW","created_by":1,"project_name":"Main Website","created_at":"2016-02-29T07:08:00Z"},
                   "actor":1,"assignees":%s}}"""
                        .formatted(event, ticket, ticket, people));
    }

    private void post(String topic, long key, String value) {
        var unused = kafka.send(new ProducerRecord<>(
                setting("camelbell.kafka.topics." + topic), bytes(Long.toString(key)), bytes(value)));
    }

    /** How many consumers have partitions of the events' topic. */
    long readers() {
        return owners().values().stream().distinct().count();
    }

    /** The consumers that read the tickets 1 to this. */
    Set<String> readersOf(int tickets) {
        Map<Integer, String> owners = owners();
        int partitions = owners.size();
        return IntStream.rangeClosed(1, tickets)
                .map(ticket -> BuiltInPartitioner.partitionForKey(bytes(Integer.toString(ticket)), partitions))
                .mapToObj(partition -> owners.getOrDefault(partition, "nobody"))
                .collect(Collectors.toSet());
    }

    private Map<Integer, String> owners() {
        String group = setting("camelbell.kafka.group");
        String topic = setting("camelbell.kafka.topics.ticket-events");
        Map<Integer, String> owners = new HashMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", setting("camelbell.kafka.brokers")))) {
            admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(described -> described.members().stream())
                    .forEach(member -> member.assignment().topicPartitions().stream()
                            .filter(partition -> partition.topic().equals(topic))
                            .forEach(partition -> owners.put(partition.partition(), member.consumerId())));
        } catch (ExecutionException failed) {
            throw new AssertionError("Cannot describe the group " + group, failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
        return owners;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void flush() {
        kafka.flush();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
