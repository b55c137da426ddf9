package camelbell.model;

import java.time.Instant;
import java.util.Map;

/**
 * The ticket as it was when its event happened; the hub keeps no tickets of its own. Source: contract §5.
 *
 * @param further fields beyond those, as texts, where the policy table names them
 */
public record Ticket(
        long id,
        String title,
        String priority,
        String category,
        String status,
        long createdBy,
        String projectName,
        Instant createdAt,
        Map<String, String> further) {

    /** Without further fields. */
    public Ticket(
            long id,
            String title,
            String priority,
            String category,
            String status,
            long createdBy,
            String projectName,
            Instant createdAt) {
        this(id, title, priority, category, status, createdBy, projectName, createdAt, Map.of());
    }
}
