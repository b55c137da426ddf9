package camelbell.socket;

import camelbell.model.SocketConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The sockets that are open on this node. Events of one connection may come in any order (its end may overtake its
 * beginning), and nothing stays behind: a connection that is closed when it is added is dropped at once.
 */
@Component("socketSessions")
class Sessions {

    private final int perPerson;
    private final Map<String, Session> byKey = new ConcurrentHashMap<>();
    private final Map<Long, List<Session>> byPerson = new ConcurrentHashMap<>();

    Sessions(SocketProperties properties) {
        this.perPerson = properties.connectionsPerPerson();
    }

    /** False when the person has as many sockets as one may have; nothing is added then. */
    boolean add(Session session) {
        List<Session> all = byPerson.compute(session.person(), (person, open) -> with(open, session));
        if (!all.contains(session)) {
            return false;
        }
        byKey.put(session.connection().key(), session);
        if (!session.connection().open()) {
            remove(session.connection().key());
        }
        return true;
    }

    private List<Session> with(@Nullable List<Session> open, Session session) {
        if (open == null) {
            return List.of(session);
        }
        if (open.size() >= perPerson) {
            return open;
        }
        List<Session> more = new ArrayList<>(open);
        more.add(session);
        return List.copyOf(more);
    }

    void remove(String key) {
        Session session = byKey.remove(key);
        if (session != null) {
            byPerson.computeIfPresent(session.person(), (person, open) -> {
                List<Session> fewer =
                        open.stream().filter(other -> other != session).toList();
                return fewer.isEmpty() ? null : fewer;
            });
        }
    }

    /** Closes the connection and forgets it. */
    void close(Session session, Closing reason) {
        SocketConnection connection = session.connection();
        remove(connection.key());
        reason.close(connection);
    }

    /** The same, but the connection stays for so long, for its client to read what is queued and why it was closed. */
    void close(Session session, Closing reason, Duration patience) {
        SocketConnection connection = session.connection();
        remove(connection.key());
        reason.close(connection, patience);
    }

    @Nullable
    Session byKey(String key) {
        return byKey.get(key);
    }

    List<Session> of(long person) {
        return byPerson.getOrDefault(person, List.of());
    }

    Collection<Session> all() {
        return byKey.values();
    }

    /** Who has a socket on this node. */
    Set<Long> people() {
        return byPerson.keySet();
    }
}
