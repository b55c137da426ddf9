package camelbell.socket;

import camelbell.model.Delivery;
import camelbell.model.Dispatch;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hints between nodes: whose inbox has something new, never what. A lost one costs time, a repeated one nothing. */
@Component("announcements")
class Announcements {

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** Characters; a Kafka producer sends no more by default. */
    private static final int LONGEST = 1024 * 1024;

    /** Tells this node's own announcements from the others'; a new one with each start. */
    private final String origin = UUID.randomUUID().toString();

    /** What nodes tell each other. */
    record Announcement(String origin, List<Long> people) {}

    /** Whose notifications these are, each person once. */
    public List<Long> people(Collection<Dispatch> dispatches) {
        return dispatches.stream()
                .flatMap(dispatch -> dispatch.deliveries().stream())
                .map(Delivery::recipient)
                .map(person -> person.id())
                .distinct()
                .toList();
    }

    /** The record for the other nodes. */
    public String write(Collection<Long> people) throws JsonProcessingException {
        return JSON.writeValueAsString(new Announcement(origin, List.copyOf(people)));
    }

    /** Whom another node names; nobody when the record is this node's own, or none that can be read. */
    public List<Long> read(String value) {
        if (value.length() > LONGEST) {
            log.warn("announcement ignored length={}: no node of this hub writes one so long", value.length());
            return List.of();
        }
        try {
            Announcement announcement = JSON.readValue(value, Announcement.class);
            return announcement.origin().equals(origin) ? List.of() : announcement.people();
        } catch (JsonProcessingException | RuntimeException unreadable) {
            log.warn("announcement ignored length={}: not written by a node of this hub", value.length());
            return List.of();
        }
    }
}
