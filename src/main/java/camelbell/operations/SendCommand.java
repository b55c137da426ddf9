package camelbell.operations;

import camelbell.operations.RecordFile.KeyedRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send}: one ticket event with an id of its own, to see something happen. */
@Command(
        name = "send",
        description = "Posts one ticket event to Kafka.",
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "TYPE", description = "ticket_created, ticket_assigned, work_started, …")
    private String type = "";

    @Option(names = "--ticket", paramLabel = "ID")
    private long ticket = 63;

    @Option(names = "--title", paramLabel = "TEXT")
    private String title = "Homepage not loading";

    @Option(names = "--priority", paramLabel = "LOW|MEDIUM|HIGH|CRITICAL")
    private String priority = "HIGH";

    @Option(names = "--category", paramLabel = "TEXT")
    private String category = "BUG";

    @Option(names = "--status", paramLabel = "TEXT")
    private String status = "NEW";

    @Option(names = "--project", paramLabel = "TEXT")
    private String project = "Main Website";

    @Option(names = "--creator", paramLabel = "USER", required = true, description = "Who created the ticket.")
    private long creator;

    @Option(names = "--assignee", paramLabel = "USER", description = "Who works on it; may be given several times.")
    private List<Long> assignees = new ArrayList<>();

    @Option(names = "--brokers", paramLabel = "HOST:PORT", description = "By default camelbell.kafka.brokers.")
    private @Nullable String brokers;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws JsonProcessingException {
        Settings settings = Settings.load();
        String topic = settings.eventsTopic();
        ObjectNode event = event(Instant.now().toString());
        try (KafkaPublisher kafka =
                KafkaPublisher.open(brokers == null ? settings.brokers() : brokers, Set.of(topic))) {
            kafka.send(
                    topic,
                    new KeyedRecord(
                            String.valueOf(ticket), JSON.writeValueAsBytes(event), RecordKey.TICKET.contentType()));
            kafka.flush();
        }
        spec.commandLine().getOut().println(event);
        return 0;
    }

    private ObjectNode event(String now) {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", "urn:camelbell:send")
                .put("type", type)
                .put("subject", String.valueOf(ticket))
                .put("time", now)
                .put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.putObject("ticket")
                .put("id", ticket)
                .put("title", title)
                .put("priority", priority)
                .put("category", category)
                .put("status", status)
                .put("created_by", creator)
                .put("project_name", project)
                .put("created_at", now);
        data.put("actor", creator);
        assignees.forEach(data.putArray("assignees")::add);
        return event;
    }
}
