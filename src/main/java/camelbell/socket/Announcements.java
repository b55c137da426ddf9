package camelbell.socket;

import camelbell.model.Dispatch;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    private final Set<Long> gathered = new LinkedHashSet<>();

    /** What nodes tell each other. */
    record Announcement(String origin, List<Long> people) {}

    /** Whose notification this is. */
    public List<Long> people(Dispatch dispatch) {
        return List.of(dispatch.deliveries().get(0).recipient().id());
    }

    /** Whom the other nodes are told of next, each person once; beyond so many the rest is left to their sweeps. */
    public void gather(Collection<Long> people, int most) {
        synchronized (gathered) {
            for (long person : people) {
                if (gathered.size() < most) {
                    gathered.add(person);
                }
            }
        }
    }

    /** The record for the other nodes of everybody gathered since the last one; empty when that is nobody. */
    public String take() throws JsonProcessingException {
        synchronized (gathered) {
            if (gathered.isEmpty()) {
                return "";
            }
            String announcement = write(gathered);
            gathered.clear();
            return announcement;
        }
    }

    /** The record that names these. */
    String write(Collection<Long> people) throws JsonProcessingException {
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
