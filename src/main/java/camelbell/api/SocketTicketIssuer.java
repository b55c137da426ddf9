package camelbell.api;

import camelbell.model.HandshakeTickets;
import camelbell.rest.Answer;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Hands out one-time tickets for the WebSocket handshake, so that no token need stand in an address. */
@Component("socketTicketIssuer")
class SocketTicketIssuer {

    private final HandshakeTickets tickets;

    SocketTicketIssuer(HandshakeTickets tickets) {
        this.tickets = tickets;
    }

    public Answer issue(Map<String, Object> headers) {
        ApiCall call = ApiCall.of(headers);
        String ticket = tickets.issue(call.user(), call.tokenExpiry());
        return Answer.ok(new IssuedTicket(ticket, HandshakeTickets.LIFE.toSeconds()));
    }

    private record IssuedTicket(String ticket, long expiresIn) {}
}
