package camelbell.socket;

import camelbell.model.Directory;
import camelbell.model.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings every socket of some people up to the present: greeting, replay, push, resync and unread counts are this one
 * code path. It reads what is committed and sends what each connection has not had, so it may run at any time, as often
 * as anybody likes, and never leaves a gap nor sends a row twice.
 */
@Component("socketCatchUp")
class CatchUp {

    /** Rows that one pass holds in memory, about; who is left out has his turn in the next pass. */
    private static final long ROWS_AT_ONCE = 6000;

    private final Sessions sessions;
    private final InboxReader reader;
    private final Directory directory;
    private final CatchUpCount count;

    CatchUp(Sessions sessions, InboxReader reader, Directory directory, CatchUpCount count) {
        this.count = count;
        this.sessions = sessions;
        this.reader = reader;
        this.directory = directory;
    }

    /** Who is not done: people with more to send at once, and people of whom a client has to read first. */
    record Rest(Set<Long> more, Set<Long> waiting) {}

    Rest run(Collection<Long> people) {
        return count.pass(() -> pass(people));
    }

    private Rest pass(Collection<Long> people) {
        List<Session> open = new ArrayList<>();
        people.forEach(person -> open.addAll(sessions.of(person)));
        open.forEach(Session::noteWish);
        Map<Long, Inbox> inboxes = reader.inboxes(people);
        Map<Long, Person> owners = directory.people(people);
        Function<Session, Inbox> inboxOf = session -> Objects.requireNonNull(inboxes.get(session.person()));
        open.removeIf(session -> !greeted(session, inboxOf.apply(session), owners.get(session.person())));
        send(wanted(open, inboxOf), inboxOf);
        open.forEach(session -> session.tellUnread(inboxOf.apply(session)));
        return rest(open, inboxOf);
    }

    /** Greets a new client; a person who is gone or not active any more loses the connection. */
    private boolean greeted(Session session, Inbox inbox, @Nullable Person owner) {
        if (owner == null || !owner.active()) {
            sessions.close(session, Closing.TOKEN);
            return false;
        }
        if (session.greet(inbox, owner.username())) {
            count.resynced();
        }
        return true;
    }

    private static Map<Session, SeqRange> wanted(List<Session> open, Function<Session, Inbox> inboxOf) {
        Map<Session, SeqRange> wanted = new LinkedHashMap<>();
        long rows = 0;
        for (Session session : open) {
            SeqRange range = rows < ROWS_AT_ONCE ? session.wanted(inboxOf.apply(session)) : null;
            if (range != null) {
                wanted.put(session, range);
                rows += range.length();
            }
        }
        return wanted;
    }

    private void send(Map<Session, SeqRange> wanted, Function<Session, Inbox> inboxOf) {
        if (wanted.isEmpty()) {
            return;
        }
        Map<SeqRange, List<InboxItem>> rows = reader.rows(Set.copyOf(wanted.values()));
        Map<Long, Person> creators = creators(rows.values());
        IdentityHashMap<InboxEvent, String> common = new IdentityHashMap<>();
        Map<Long, String> frames = new HashMap<>();
        wanted.forEach((session, range) -> session.deliver(
                range,
                rows.getOrDefault(range, List.of()),
                row -> frames.computeIfAbsent(
                        row.id(),
                        id -> Frames.notification(
                                common.computeIfAbsent(row.event(), event -> Frames.common(event, creators)),
                                row,
                                inboxOf.apply(session)))));
    }

    private Map<Long, Person> creators(Collection<List<InboxItem>> rows) {
        return directory.people(rows.stream()
                .flatMap(List::stream)
                .map(row -> row.event().ticket().createdBy())
                .collect(Collectors.toSet()));
    }

    private Rest rest(List<Session> open, Function<Session, Inbox> inboxOf) {
        Rest rest = new Rest(new HashSet<>(), new HashSet<>());
        for (Session session : open) {
            switch (session.state(inboxOf.apply(session))) {
                case MORE_TO_SEND -> rest.more().add(session.person());
                case WAITING_FOR_READER -> rest.waiting().add(session.person());
                case CURRENT -> {}
            }
        }
        return rest;
    }
}
