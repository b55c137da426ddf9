package camelbell.event;

import camelbell.model.Arrival;
import camelbell.model.Current;
import camelbell.model.DecodedBatch;
import camelbell.model.EventDecoder;
import camelbell.model.IncomingRecord;
import camelbell.model.MalformedEvent;
import camelbell.model.Policy;
import camelbell.model.ReceivedEvent;
import camelbell.model.TicketEvent;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Decodes CloudEvents 1.0 in JSON, structured or binary. One bad record never holds up the good ones around it.
 * Source: contract §5; cloudevents.io, Kafka protocol binding.
 */
@Component("ticketEventDecoder")
class TicketEventDecoder implements EventDecoder {

    private final Current<Policy> policy;

    TicketEventDecoder(Current<Policy> policy) {
        this.policy = policy;
    }

    @Override
    public DecodedBatch decode(List<IncomingRecord> records) {
        Policy table = policy.now();
        List<Arrival> arrivals = new ArrayList<>(records.size());
        for (IncomingRecord record : records) {
            try {
                arrivals.add(new ReceivedEvent(record, decode(record, table)));
            } catch (MalformedTicketEventException e) {
                arrivals.add(new MalformedEvent(record, e.code().name(), e.pointer(), e.detail()));
            }
        }
        return new DecodedBatch(arrivals, table);
    }

    private static TicketEvent decode(IncomingRecord record, Policy policy) {
        CloudEvent envelope = CloudEvent.of(record);
        if (!policy.events().containsKey(envelope.type())) {
            throw new MalformedTicketEventException(
                    ErrorCode.UNKNOWN_TYPE, "/type", "the policy table has no rule for this type");
        }
        return new TicketEvent(
                envelope.source(),
                envelope.id(),
                envelope.type(),
                envelope.time(),
                TicketReader.ticket(
                        envelope.data().object("ticket"), policy.further().ticket()),
                envelope.data().optionalId("actor"),
                envelope.data().optionalIds("assignees"));
    }
}
