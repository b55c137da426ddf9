package camelbell.operations;

import camelbell.model.Suppressions;
import camelbell.rest.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows operators what stands between a person and a channel, and lifts it. */
@Component("suppressionOperations")
class SuppressionOperations {

    private static final String LIST =
            """
            SELECT person, channel, 'OPTED_OUT' AS reason, NULL AS detail, NULL::bigint AS notification, at
            FROM opt_out WHERE person = ?
            UNION ALL
            SELECT person, channel, 'ADDRESS_BOUNCED', reason, notification, at FROM bounced_address WHERE person = ?
            ORDER BY channel, reason
            """;
    private static final Pattern ID = Pattern.compile(
            "([0-9]{1,18})-([A-Z][A-Z0-9_]*)-(" + Suppressions.OPTED_OUT + "|" + Suppressions.ADDRESS_BOUNCED + ")");

    private final AdminAuthorization authorization;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Suppressions suppressions;
    private final Clock clock;

    SuppressionOperations(AdminAuthorization authorization, JdbcClient jdbc, Suppressions suppressions, Clock clock) {
        this.authorization = authorization;
        this.jdbc = jdbc;
        this.audit = new Audit(jdbc);
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /** Those of the {@code user}, without any address. Empty also for somebody who is not in the directory. */
    public Answer list(Map<String, Object> headers) {
        return authorization.pass(headers, call -> {
            Long user = call.parameters().id("user");
            return user == null
                    ? Answer.invalid("user", "Name a person of the directory by id.")
                    : Answer.ok(new OfPerson(
                            user,
                            jdbc.sql(LIST)
                                    .params(user, user)
                                    .query(SuppressionOperations::row)
                                    .list()));
        });
    }

    /** Lifts the one whose id, of the list, stands in the path, with its audit; 404 when there is none such, or no more. */
    @Transactional
    public Answer lift(Map<String, Object> headers) {
        return authorization.pass(headers, call -> {
            Matcher id = ID.matcher(call.id());
            if (!id.matches()) {
                return Answer.notFound();
            }
            long user = Long.parseLong(id.group(1));
            if (!suppressions.lift(user, id.group(2), id.group(3))) {
                return Answer.notFound();
            }
            audit.note(clock.instant(), "user:" + call.user(), "lift", Map.of("id", call.id()), 1);
            return Answer.ok(Map.of("count", 1));
        });
    }

    private static Suppression row(ResultSet row, int number) throws SQLException {
        return new Suppression(
                row.getLong("person") + "-" + row.getString("channel") + "-" + row.getString("reason"),
                row.getString("channel"),
                row.getString("reason"),
                row.getString("detail"),
                row.getObject("notification", Long.class),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }

    private record OfPerson(long user, List<Suppression> suppressions) {}

    /**
     * One.
     *
     * @param id names it, to lift it
     * @param detail the server's answer when an address bounced
     * @param notification what bounced
     */
    private record Suppression(
            String id,
            String channel,
            String reason,
            @Nullable String detail,
            @Nullable Long notification,
            Instant at) {}
}
