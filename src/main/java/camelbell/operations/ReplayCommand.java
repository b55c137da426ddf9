package camelbell.operations;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: the users first, then the events, each file in its order. */
@Command(
        name = "replay",
        description = {
            "Publishes files of users and ticket events to Kafka, the users first.",
            "",
            "A file holds one JSON object a line (ndjson), plain or gzip. It is checked before anything is sent; sending"
                    + " it again does no harm, because the hub knows an event by its source and id."
        },
        footer = {
            "  camelbell replay --users users.ndjson --events events.ndjson.gz",
            "  camelbell replay --events events.ndjson --rate 500/s --json"
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Files files = new Files();

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            converter = Rate.Parser.class,
            description = "At most so many records a second; as many as go without it.")
    private Rate rate = Rate.UNLIMITED;

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            description = "Kafka's bootstrap servers; by default camelbell.kafka.brokers.")
    private @Nullable String brokers;

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Settings settings = Settings.load();
        Map<String, RecordFile> byTopic = new LinkedHashMap<>();
        if (files.users != null) {
            byTopic.put(settings.usersTopic(), new RecordFile(files.users, RecordKey.USER));
        }
        if (files.events != null) {
            byTopic.put(settings.eventsTopic(), new RecordFile(files.events, RecordKey.TICKET));
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        byTopic.forEach((topic, file) -> counts.put(topic, file.check()));
        try (KafkaPublisher kafka = KafkaPublisher.open(settings.kafka(brokers), byTopic.keySet())) {
            byTopic.forEach((topic, file) -> publish(topic, file, counts.getOrDefault(topic, 0L), kafka));
        }
        return 0;
    }

    private void publish(String topic, RecordFile file, long count, KafkaPublisher kafka) {
        Rate.Pace pace = rate.start();
        long began = System.nanoTime();
        try (ProgressDisplay progress = new ProgressDisplay(topic, count)) {
            file.forEach(one -> {
                pace.await();
                kafka.send(topic, one);
                progress.step();
            });
            kafka.flush();
        }
        double seconds = Math.max(1, System.nanoTime() - began) / 1e9;
        json.println(
                spec.commandLine().getOut(),
                new Published(topic, count, seconds),
                "%s: %,d records in %.1f s (%,.0f/s)".formatted(topic, count, seconds, count / seconds));
    }

    /** What {@code --json} says of one file. */
    private record Published(String topic, long records, double seconds) {}

    private static final class Files {

        @Option(names = "--users", paramLabel = "FILE", description = "People of the directory, for the users topic.")
        private @Nullable Path users;

        @Option(names = "--events", paramLabel = "FILE", description = "CloudEvents, for the ticket-events topic.")
        private @Nullable Path events;
    }
}
