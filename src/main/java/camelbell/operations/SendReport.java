package camelbell.operations;

import camelbell.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Why nobody was told of an event that {@code send} posted, and what to do. */
record SendReport(Settings settings, KafkaSettings kafka, PolicyWords policy, String type) {

    /** The dead letter was written by then; a broker's clock may be so far from ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private static final Map<String, String> REMEDIES = Map.of(
            "admins", "there is no active ADMIN in the directory",
            "creator", "--creator names nobody active of the directory",
            "assignees", "no --assignee names anybody active of the directory",
            "actor", "--creator, who is the actor, too, names nobody active of the directory");

    /** Errors: CommandFailedException with the exit code, unless somebody was told. */
    void check(StatusSummary summary, byte[] value, Duration wait) {
        if (summary.rejected()) {
            throw new CommandFailedException(ExitCode.REFUSED, refusal(summary.reason(), value));
        }
        if (summary.toldSomebody()) {
            return;
        }
        if (!summary.heard()) {
            throw new CommandFailedException(
                    ExitCode.NO_WORD,
                    "The event lies in " + settings.eventsTopic() + " at " + kafka.brokers() + ", and "
                            + settings.statusTopic() + " said nothing of it within " + wait.toMillis() / 1000.0
                            + " s: does the hub run, with this Kafka? It takes the event up when it does.");
        }
        if (!summary.complete()) {
            throw new CommandFailedException(
                    ExitCode.NO_WORD,
                    "The hub accepted the event, and not all is said of it after " + wait.toMillis() / 1000.0
                            + " s: a provider may be slow or away; see " + settings.statusTopic() + ".");
        }
        throw new CommandFailedException(
                ExitCode.NOBODY_TOLD,
                summary.nobody()
                        ? "The hub accepted the event, and nobody is to be told: " + remedy() + "."
                        : "The hub accepted the event, and nobody was reached; the codes above say why.");
    }

    private String remedy() {
        List<String> tells = policy.tells(type);
        if (tells.isEmpty()) {
            return "see its rule in routes/policy.yaml";
        }
        StringBuilder why = new StringBuilder(type + " tells " + String.join(" and ", tells));
        tells.forEach(one -> why.append(", and ").append(REMEDIES.getOrDefault(one, "there is nobody of them")));
        return why.append(policy.isConditional(type) ? "; or its conditions do not hold" : "")
                .toString();
    }

    /** With the pointer and the sentence of the dead letter, which is known by its bytes. */
    private String refusal(String code, byte[] value) {
        AtomicReference<String> more = new AtomicReference<>("; its dead letter cannot be read");
        try {
            settings.deadLetters(kafka).read(Instant.now().minus(CLOCKS_DIFFER), deadLetter -> {
                if (!Arrays.equals(deadLetter.record().value(), value)) {
                    return true;
                }
                String pointer = deadLetter.header("error-pointer");
                more.set((pointer.isEmpty() ? "" : " at " + pointer) + ", " + deadLetter.header("error-detail")
                        + "; it is the dead letter " + deadLetter.id());
                return false;
            });
        } catch (DeadLettersUnavailableException away) {
            more.set("; " + CommandFailedException.reason(away));
        }
        String types = "UNKNOWN_TYPE".equals(code) && !policy.types().isEmpty()
                ? " The table's types: " + String.join(", ", policy.types()) + "."
                : "";
        return "The hub refused the event: " + code + more.get() + "." + types;
    }
}
