package camelbell.model;

/** How the hub decides who hears of an event. */
public interface Planner {

    /**
     * The event as it would be told now. Nothing is counted and nothing kept.
     * Errors: IllegalArgumentException for a type that the policy table does not know, which no decoder lets through.
     */
    Plan plan(TicketEvent event);
}
