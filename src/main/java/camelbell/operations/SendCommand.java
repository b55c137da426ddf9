package camelbell.operations;

import camelbell.kafka.KafkaSettings;
import camelbell.operations.RecordFile.FileRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send}: one ticket event with an id of its own, and what the hub made of it. */
@Command(
        name = "send",
        description = {
            "Posts one ticket event to Kafka and says who was told over what, or why nobody was.",
            "The event is the first line on stdout, one line for each person follows. Nothing is checked beforehand: what"
                    + " the hub refuses is shown as it refuses it."
        },
        footer = {
            "  camelbell send ticket_created --creator 3",
            "  camelbell send ticket_assigned --creator 3 --assignee 2 --priority LOW --json",
            "  camelbell send ticket_created --creator 3 --field severity=5 --wait 0s"
        },
        exitCodeList = {
            ExitCode.DONE_IS,
            ExitCode.FAILED_IS,
            ExitCode.NOT_UNDERSTOOD_IS,
            ExitCode.REFUSED_IS,
            ExitCode.NOBODY_TOLD_IS,
            ExitCode.NO_WORD_IS
        },
        showDefaultValues = true,
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "urn:camelbell:send";
    private static final Duration MOMENT = Duration.ofMillis(300);

    @Parameters(
            paramLabel = "TYPE",
            showDefaultValue = Visibility.NEVER,
            completionCandidates = PolicyCandidates.Types.class,
            description = "Its type, as policy.yaml has them, such as ticket_created.")
    private String type = "";

    @Option(names = "--ticket", paramLabel = "ID", description = "The ticket's number.")
    private long ticket = 63;

    @Option(names = "--title", paramLabel = "TEXT", description = "Its title.")
    private String title = "Homepage not loading";

    @Option(
            names = "--priority",
            paramLabel = "LOW|MEDIUM|HIGH|CRITICAL",
            completionCandidates = Priorities.class,
            description = "Its priority.")
    private String priority = "HIGH";

    @Option(names = "--category", paramLabel = "TEXT", description = "Its category.")
    private String category = "BUG";

    @Option(names = "--status", paramLabel = "TEXT", description = "Its status.")
    private String status = "NEW";

    @Option(names = "--project", paramLabel = "TEXT", description = "The name of its project.")
    private String project = "Main Website";

    @Option(
            names = "--creator",
            paramLabel = "ID",
            required = true,
            showDefaultValue = Visibility.NEVER,
            description = "Who created it, and is the actor, too.")
    private long creator;

    @Option(
            names = "--assignee",
            paramLabel = "ID",
            showDefaultValue = Visibility.NEVER,
            description = "Who works on it; may be given several times.")
    private List<Long> assignees = new ArrayList<>();

    @Option(
            names = "--field",
            paramLabel = "NAME=TEXT",
            showDefaultValue = Visibility.NEVER,
            description = "A further field of the ticket; may be given several times.")
    private Map<String, String> fields = new LinkedHashMap<>();

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            description = "Kafka's bootstrap servers; by default camelbell.kafka.brokers.")
    private @Nullable String brokers;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = Span.OrNone.class,
            defaultValue = "20s",
            description = "Longest wait for the hub's word on notification-status; 0s only posts.")
    private Duration wait = Duration.ofSeconds(20);

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws JsonProcessingException {
        Settings settings = Settings.load();
        KafkaSettings to = settings.kafka(brokers);
        ObjectNode event = event(Instant.now().toString());
        byte[] value = JSON.writeValueAsBytes(event);
        PrintWriter out = spec.commandLine().getOut();
        if (wait.isZero()) {
            try (KafkaPublisher kafka = KafkaPublisher.open(to, Set.of(settings.eventsTopic()))) {
                post(kafka, settings.eventsTopic(), value);
            }
            json.println(out, new Report(event, "posted", null, List.of()), event.toString());
            return ExitCode.DONE;
        }
        PolicyWords policy = PolicyWords.of(settings);
        StatusSummary summary =
                new StatusSummary(event.path("id").asText(), SOURCE, policy.over(type), policy.tellsAlike(type));
        Set<String> topics = Set.of(settings.eventsTopic(), settings.statusTopic());
        try (KafkaPublisher kafka = KafkaPublisher.open(to, topics);
                StatusFeed feed = StatusFeed.open(to, settings.statusTopic())) {
            post(kafka, settings.eventsTopic(), value);
            if (!json.wanted()) {
                out.println(event);
                out.flush();
            }
            listen(feed, summary);
        }
        if (json.wanted()) {
            json.println(out, new Report(event, summary.outcome(), summary.refusal(), summary.people()), "");
        } else {
            out.print(summary.table());
        }
        out.flush();
        new SendReport(settings, to, policy, type).check(summary, value, wait);
        return ExitCode.DONE;
    }

    private void post(KafkaPublisher kafka, String topic, byte[] value) {
        kafka.send(topic, new FileRecord(String.valueOf(ticket), value, RecordKey.TICKET.contentType()));
        kafka.flush();
    }

    /** Until everybody whom the hub names was told, and nobody else is named for a moment. */
    private void listen(StatusFeed feed, StatusSummary summary) {
        long until = System.nanoTime() + wait.toNanos();
        boolean quiet = false;
        while (System.nanoTime() - until < 0 && !(quiet && summary.complete())) {
            List<JsonNode> said = feed.next(MOMENT);
            said.forEach(summary::hear);
            quiet = said.isEmpty();
        }
    }

    private ObjectNode event(String now) {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", SOURCE)
                .put("type", type)
                .put("subject", String.valueOf(ticket))
                .put("time", now)
                .put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        ObjectNode further = data.putObject("ticket");
        fields.forEach(further::put);
        further.put("id", ticket)
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

    /**
     * What {@code --json} says.
     *
     * @param reason the code of a refusal
     */
    private record Report(
            JsonNode event, String outcome, @Nullable String reason, List<StatusSummary.PersonSummary> people) {}

    static final class Priorities implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return List.of("LOW", "MEDIUM", "HIGH", "CRITICAL").iterator();
        }
    }
}
