package camelbell.model;

import org.jspecify.annotations.Nullable;

/**
 * A way to reach a person, as the policy table describes it (routes/policy.yaml).
 *
 * @param code the name on the wire and in the database, such as {@code EMAIL}
 * @param display the name a reader sees, such as {@code System Alert}
 * @param route id of the route that delivers, such as {@code channel-mail}
 * @param addressField the directory field that holds the address, or null when none is needed
 * @param inbox true when being recorded is being delivered: the channel people read by REST and WebSocket
 */
public record Channel(String code, String display, String route, @Nullable String addressField, boolean inbox) {

    /** One that the policy table no longer has: nothing is delivered over it. */
    public static Channel gone(String code) {
        return new Channel(code, code, "", null, false);
    }

    /**
     * The queue in front of the channel's route. It has room for all that is taken for the channel; should it be full all the same,
     * whoever brings more waits. Hints for the inbox are not counted: one that finds no room is left out, and the sweep of sockets
     * finds whom it was for. Either is said here because camel-seda 4.17 throws past the exchange where it may refuse: everybody
     * behind in the batch would be left out, and the batch would never end.
     */
    public String endpoint() {
        return "seda:" + route + (inbox ? "?discardWhenFull=true" : "?blockWhenFull=true");
    }
}
