package camelbell.dev.playground;

import camelbell.dev.KeptLines;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tickets that were opened in the page; they outlive the process, since links in mails lead to them. */
final class Tickets {

    /** A ticket is a line for each event. */
    private static final int KEPT_LINES = 1000;

    /** Below are the numbers that commands and documentation use. */
    private static final long FIRST = 101;

    private static final List<String[]> SAMPLES = List.of(
            new String[] {"Homepage not loading", "HIGH", "BUG", "Main Website"},
            new String[] {"Invoices show last year's VAT rate", "CRITICAL", "BUG", "Billing"},
            new String[] {"Export the customer list as CSV", "MEDIUM", "FEATURE", "Back Office"},
            new String[] {"Password reset mail arrives twice", "HIGH", "BUG", "Customer Portal"},
            new String[] {"New photo on the team page", "LOW", "TASK", "Main Website"},
            new String[] {"Search ignores umlauts", "MEDIUM", "BUG", "Web Shop"});

    private final KeptLines kept;
    private final Map<Long, Ticket> all = new LinkedHashMap<>();

    /** @param file null: they go with the process */
    Tickets(@Nullable Path file) {
        kept = new KeptLines(file, KEPT_LINES);
        kept.load().stream().map(line -> Ticket.from(new JsonObject(line))).forEach(one -> all.put(one.id(), one));
    }

    /** @param title blank: one of the samples' */
    synchronized Ticket open(String title) {
        long id = all.keySet().stream().mapToLong(Long::longValue).max().orElse(FIRST - 1) + 1;
        String[] sample = SAMPLES.get((int) ((id - FIRST) % SAMPLES.size()));
        Ticket ticket = new Ticket(
                id,
                title.isBlank() ? sample[0] : title.strip(),
                sample[1],
                sample[2],
                sample[3],
                Instant.now().toString(),
                "NEW",
                List.of(),
                List.of());
        put(ticket);
        return ticket;
    }

    synchronized void put(Ticket ticket) {
        all.put(ticket.id(), ticket);
        kept.add(ticket.toJson().encode());
    }

    synchronized Optional<Ticket> find(long id) {
        return Optional.ofNullable(all.get(id));
    }

    /** The newest first; there is always one. */
    synchronized List<Ticket> newest(int limit) {
        if (all.isEmpty()) {
            open("");
        }
        List<Ticket> oldestFirst = new ArrayList<>(all.values());
        return oldestFirst.stream()
                .sorted((one, other) -> Long.compare(other.id(), one.id()))
                .limit(limit)
                .toList();
    }
}
