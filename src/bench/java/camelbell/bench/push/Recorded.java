package camelbell.bench.push;

import camelbell.bench.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * What the hub has in its table of the events that this process has posted by {@link Events}.
 *
 * @param notifications those that are shown
 * @param lastAt when the newest was recorded, in milliseconds of the epoch
 */
record Recorded(long events, long notifications, double lastAt) {

    private static final String SQL =
            """
            SELECT count(DISTINCT e.id), count(*), extract(epoch FROM max(n.created_at)) * 1000
            FROM ticket_event e JOIN notification_log n ON n.event = e.id
            WHERE e.source = ? AND e.event_id >= ? AND n.channel = 'SYSTEM' AND n.status = 'SENT'
            """;

    /** From this event on. */
    static Recorded from(Map<String, String> settings, int event) throws SQLException {
        try (Connection db = Rows.connect(settings);
                PreparedStatement select = db.prepareStatement(SQL)) {
            select.setString(1, Events.SOURCE);
            select.setString(2, Events.id(event));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Recorded(row.getLong(1), row.getLong(2), row.getDouble(3));
            }
        }
    }
}
