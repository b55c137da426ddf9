package camelbell.store;

import camelbell.model.Plan;
import camelbell.model.Ticket;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The ticket_event table: every accepted event once for ever. Its transactions are its callers'. */
@Component
class TicketEventRows {

    private final JdbcClient jdbc;

    TicketEventRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores those of the plans' events that are new and answers their keys. A pair of source and id that is on file, or
     * that stands earlier in the same batch, is a duplicate and stored no second time.
     *
     * @param keys one number per plan
     */
    Set<Long> insertNew(List<Plan> plans, long[] keys, Instant now) {
        return new HashSet<>(jdbc.sql(
                        """
                        INSERT INTO ticket_event (id, source, event_id, type, occurred_at, received_at, actor, assignees,
                            ticket_id, ticket_title, ticket_priority, ticket_category, ticket_status, ticket_created_by,
                            ticket_project, ticket_created_at, ticket_further, subject, message, words, plan)
                        SELECT id, source, event_id, type, occurred_at::timestamptz, ?::timestamptz, actor, assignees::bigint[],
                            ticket_id, title, priority, category, status, created_by, project, created_at::timestamptz,
                            further::jsonb, subject, message, words::jsonb, plan::jsonb
                        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                                    ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                             AS u (id, source, event_id, type, occurred_at, actor, assignees,
                                   ticket_id, title, priority, category, status, created_by,
                                   project, created_at, further, subject, message, words, plan)
                        ON CONFLICT ON CONSTRAINT ticket_event_identity DO NOTHING
                        RETURNING id
                        """)
                .param(now.toString())
                .param(keys)
                .param(texts(plans, plan -> plan.event().source()))
                .param(texts(plans, plan -> plan.event().id()))
                .param(texts(plans, plan -> plan.event().type()))
                .param(texts(plans, plan -> plan.event().time().toString()))
                .param(plans.stream().map(plan -> plan.event().actor()).toArray(Long[]::new))
                .param(texts(plans, plan -> arrayLiteral(plan.event().assignees())))
                .param(numbers(plans, Ticket::id))
                .param(ticketTexts(plans, Ticket::title))
                .param(ticketTexts(plans, Ticket::priority))
                .param(ticketTexts(plans, Ticket::category))
                .param(ticketTexts(plans, Ticket::status))
                .param(numbers(plans, Ticket::createdBy))
                .param(ticketTexts(plans, Ticket::projectName))
                .param(ticketTexts(plans, ticket -> ticket.createdAt().toString()))
                .param(texts(
                        plans, plan -> EventColumns.furtherJson(plan.event().ticket())))
                .param(texts(plans, Plan::subject))
                .param(texts(plans, Plan::message))
                .param(texts(plans, EventWords::json))
                .param(texts(plans, StoredPlan::json))
                .query(Long.class)
                .list());
    }

    private static String[] texts(List<Plan> plans, Function<Plan, @Nullable String> field) {
        String[] column = new String[plans.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = field.apply(plans.get(i));
        }
        return column;
    }

    private static String[] ticketTexts(List<Plan> plans, Function<Ticket, String> field) {
        return texts(plans, plan -> field.apply(plan.event().ticket()));
    }

    private static Long[] numbers(List<Plan> plans, Function<Ticket, Long> field) {
        return plans.stream().map(plan -> field.apply(plan.event().ticket())).toArray(Long[]::new);
    }

    private static String arrayLiteral(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
