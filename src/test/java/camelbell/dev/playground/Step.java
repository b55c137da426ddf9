package camelbell.dev.playground;

import java.util.List;
import java.util.Locale;

/** What may happen to a ticket, in the order that it lives: the seven types of event that the policy table has as shipped. */
enum Step {
    TICKET_CREATED("NEW", "CLIENT"),
    TICKET_OPENED("OPEN", "ADMIN"),
    TICKET_ASSIGNED("ASSIGNED", "ADMIN"),
    WORK_STARTED("IN_PROGRESS", "DEVELOPER"),
    WORK_FINISHED("IN_REVIEW", "DEVELOPER"),
    TICKET_APPROVED("APPROVED", "CLIENT"),
    TICKET_REJECTED("REJECTED", "CLIENT");

    /** Of the ticket afterwards. */
    final String status;

    /** Whose doing it is. */
    final String role;

    Step(String status, String role) {
        this.status = status;
        this.role = role;
    }

    /** As CloudEvents have it. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The types of those that may follow by the rules of the house; any other may be pressed all the same. */
    List<String> next() {
        return (switch (this) {
                    case TICKET_CREATED -> List.of(TICKET_OPENED);
                    case TICKET_OPENED -> List.of(TICKET_ASSIGNED);
                    case TICKET_ASSIGNED, TICKET_REJECTED -> List.of(WORK_STARTED);
                    case WORK_STARTED -> List.of(WORK_FINISHED);
                    case WORK_FINISHED -> List.of(TICKET_APPROVED, TICKET_REJECTED);
                    case TICKET_APPROVED -> List.<Step>of();
                })
                .stream().map(Step::type).toList();
    }
}
