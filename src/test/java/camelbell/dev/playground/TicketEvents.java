package camelbell.dev.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import camelbell.dev.playground.Ticket.Happened;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Posts what happens to tickets to Kafka, as an upstream system does. */
final class TicketEvents implements AutoCloseable {

    static final String SOURCE = "urn:camelbell:playground";

    private static final int PATIENCE_SECONDS = 10;

    private final KafkaProducer<String, byte[]> kafka;
    private final String topic;
    private final List<Person> people;

    TicketEvents(String brokers, String topic, List<Person> people) {
        this.kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "max.block.ms", PATIENCE_SECONDS * 1000),
                new StringSerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.people = people;
    }

    /** The ticket afterwards, once Kafka has the event. Errors: IllegalStateException when Kafka does not take it. */
    Ticket post(Ticket ticket, Step step) {
        Happened event = new Happened(
                UUID.randomUUID().toString(), step.type(), Instant.now().toString());
        List<Long> assignees = step == Step.TICKET_ASSIGNED ? List.of(idOf("DEVELOPER")) : ticket.assignees();
        Ticket after = ticket.after(step, assignees, event);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                topic,
                String.valueOf(ticket.id()),
                cloudEvent(after, step, event).encode().getBytes(UTF_8));
        record.headers().add("content-type", "application/cloudevents+json; charset=UTF-8".getBytes(UTF_8));
        try {
            var unused = kafka.send(record).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return after;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The event was not posted: the stack stops.", e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new IllegalStateException("Kafka does not take the event for " + topic + ": " + e.getMessage(), e);
        }
    }

    private JsonObject cloudEvent(Ticket ticket, Step step, Happened event) {
        JsonObject described = new JsonObject()
                .put("id", ticket.id())
                .put("title", ticket.title())
                .put("priority", ticket.priority())
                .put("category", ticket.category())
                .put("status", ticket.status())
                .put("created_by", idOf("CLIENT"))
                .put("project_name", ticket.project())
                .put("created_at", ticket.createdAt());
        return new JsonObject()
                .put("specversion", "1.0")
                .put("id", event.id())
                .put("source", SOURCE)
                .put("type", event.type())
                .put("subject", String.valueOf(ticket.id()))
                .put("time", event.at())
                .put("datacontenttype", "application/json")
                .put(
                        "data",
                        new JsonObject()
                                .put("ticket", described)
                                .put("actor", idOf(step.role))
                                .put("assignees", new JsonArray(ticket.assignees())));
    }

    private long idOf(String role) {
        return people.stream()
                .filter(one -> one.role().equals(role))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
