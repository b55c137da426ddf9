package camelbell.store;

import camelbell.model.Plan.Notice;
import camelbell.model.TicketEvent;
import camelbell.model.Wording;
import java.util.List;

/**
 * Notifications of one event that are still to be written, as they stand in the table.
 *
 * @param words of the event, by their numbers
 * @param content whom, over what: compact until it is composed
 * @param tries 0 while it only waits for its turn; more when an inbox was locked, or a try has failed
 */
record Slice(long id, long eventKey, TicketEvent event, List<Wording> words, SliceContent content, int tries) {

    /** Notices of one event that are to become one slice: everybody over the same channels, in the same words there. */
    record New(long eventKey, long ticket, List<Notice> notices, int tries) {}

    int size() {
        return content.recipients().size();
    }
}
