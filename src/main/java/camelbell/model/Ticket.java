package camelbell.model;

import java.time.Instant;

/** The ticket as it was when its event happened; the hub keeps no tickets of its own. Source: contract §5. */
public record Ticket(
        long id,
        String title,
        String priority,
        String category,
        String status,
        long createdBy,
        String projectName,
        Instant createdAt) {}
