package camelbell.dev;

import camelbell.model.TakenPort;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The fixed ports, so that any client can be pointed at them; each can be moved. */
final class EmbeddedPorts {

    private static final int HIGHEST = 65_535;

    @Option(names = "--http-port", paramLabel = "N", defaultValue = "8000", description = "REST and WebSocket. 8000.")
    int http;

    @Option(names = "--management-port", paramLabel = "N", defaultValue = "9000", description = "Health. 9000.")
    int management;

    @Option(names = "--kafka-port", paramLabel = "N", defaultValue = "9092", description = "Kafka. 9092.")
    int kafka;

    @Option(names = "--postgres-port", paramLabel = "N", defaultValue = "15432", description = "PostgreSQL. 15432.")
    int postgres;

    @Option(names = "--smtp-port", paramLabel = "N", defaultValue = "3025", description = "The mailbox's SMTP. 3025.")
    int smtp;

    @Option(names = "--imap-port", paramLabel = "N", defaultValue = "3143", description = "The mailbox's IMAP. 3143.")
    int imap;

    @Option(
            names = "--mailbox-port",
            paramLabel = "N",
            defaultValue = "3080",
            description = "The mailbox's page. 3080.")
    int mailbox;

    @Option(names = "--whatsapp-port", paramLabel = "N", defaultValue = "8090", description = "The double. 8090.")
    int whatsapp;

    @Option(
            names = "--playground-port",
            paramLabel = "N",
            defaultValue = "3000",
            description = "The page with everything; links in mails and allowed origins follow. 3000.")
    int playground;

    /** Errors: a sentence for each port that is none, or on which something listens. */
    void requireFree() {
        String none = Stream.concat(all().stream(), Stream.of(playground()))
                .filter(port -> port.number < 1 || port.number > HIGHEST)
                .map(port -> port.option + "=" + port.number + " is no port: those are 1 to " + HIGHEST + ".")
                .collect(Collectors.joining("\n"));
        if (!none.isEmpty()) {
            throw new CannotStart(none);
        }
        String taken = all().stream()
                .filter(port -> Ports.isTaken(port.number))
                .map(EmbeddedPort::sentence)
                .collect(Collectors.joining("\n"));
        if (!taken.isEmpty()) {
            throw new CannotStart(taken);
        }
    }

    /** Why there is no playground, and what helps: the hub starts without it. */
    String playgroundTaken() {
        return playground().sentence();
    }

    private EmbeddedPort playground() {
        return new EmbeddedPort(playground, "the playground", "--playground-port");
    }

    private List<EmbeddedPort> all() {
        return List.of(
                new EmbeddedPort(http, "REST and WebSocket", "--http-port"),
                new EmbeddedPort(management, "health", "--management-port"),
                new EmbeddedPort(kafka, "Kafka", "--kafka-port"),
                new EmbeddedPort(postgres, "PostgreSQL", "--postgres-port"),
                new EmbeddedPort(smtp, "SMTP", "--smtp-port"),
                new EmbeddedPort(imap, "IMAP", "--imap-port"),
                new EmbeddedPort(mailbox, "the mailbox's page", "--mailbox-port"),
                new EmbeddedPort(whatsapp, "the WhatsApp double", "--whatsapp-port"));
    }

    private record EmbeddedPort(int number, String use, String option) {

        String sentence() {
            int other = number < 50_000 ? number + 10_000 : number - 10_000;
            return "Port " + number + " for " + use
                    + " is taken" + TakenPort.holder(number) + " End it, or choose another port:"
                    + " mvn spring-boot:test-run -Dspring-boot.run.arguments=" + option + "=" + other;
        }
    }
}
