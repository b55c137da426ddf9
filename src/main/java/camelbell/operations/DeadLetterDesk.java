package camelbell.operations;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists, shows and replays dead letters for operators. */
@Component("deadLetterDesk")
class DeadLetterDesk {

    private static final int PAGE = 100;

    /** Letters that one order posts at most: at the rate of the configuration a call stays a matter of seconds. */
    private static final int MOST = 500;

    private static final Pattern ID = Pattern.compile("(.{1,249})-([0-9]{1,6})-([0-9]{1,18})");
    private static final Comparator<DeadLetter> OLDEST_FIRST =
            Comparator.comparing(DeadLetter::at).thenComparing(DeadLetter::id);

    private final AdminDoor door;
    private final DeadLetters letters;
    private final DeadLetterReplay replay;
    private final ReplayedLetters replayed;
    private final Audit audit;
    private final Rate rate;
    private final Clock clock;

    DeadLetterDesk(
            AdminDoor door,
            JdbcClient jdbc,
            DeadLetters letters,
            @Value("${camelbell.operations.replay-rate}") int perSecond,
            Clock clock) {
        this.door = door;
        this.letters = letters;
        this.replay = new DeadLetterReplay(letters, jdbc);
        this.replayed = new ReplayedLetters(jdbc);
        this.audit = new Audit(jdbc);
        this.rate = new Rate(perSecond);
        this.clock = clock;
    }

    /** The newest 100 that the filter means; older ones lie before {@code until}. */
    public Answer list(Map<String, Object> headers) {
        return door.pass(
                headers,
                call -> filtered(call, true, filter -> {
                    PriorityQueue<DeadLetter> newest = new PriorityQueue<>(PAGE + 1, OLDEST_FIRST);
                    letters.read(filter.since(), letter -> {
                        if (filter.means(letter) && newest.add(letter) && newest.size() > PAGE) {
                            newest.remove();
                        }
                        return true;
                    });
                    Map<String, Instant> again = replayed.since(filter.since());
                    return Answer.ok(new Page(newest.stream()
                            .sorted(OLDEST_FIRST.reversed())
                            .map(letter -> view(letter, again.get(letter.id()), false))
                            .toList()));
                }));
    }

    /** One letter, with its value. */
    public Answer one(Map<String, Object> headers) {
        return door.pass(headers, call -> {
            DeadLetter letter = letter(call.id());
            return letter == null
                    ? Answer.notFound()
                    : Answer.ok(view(letter, replayed.since(letter.at()).get(letter.id()), true));
        });
    }

    /** Posts one letter again, also when it was before. */
    @Transactional
    public Answer replayOne(Map<String, Object> headers) {
        return door.pass(headers, call -> {
            DeadLetter letter = letter(call.id());
            if (letter == null) {
                return Answer.notFound();
            }
            replay.replay(letter, clock.instant());
            audit.note(clock.instant(), "user:" + call.user(), "replay", Map.of("id", call.id()), 1);
            return Answer.ok(new Count(1, false));
        });
    }

    @Transactional
    public Answer replay(Map<String, Object> headers) {
        return door.pass(
                headers,
                call -> filtered(call, false, filter -> {
                    int count = replay.replay(filter, MOST, rate, clock.instant());
                    audit.note(clock.instant(), "user:" + call.user(), "replay", filter.given(), count);
                    return Answer.ok(new Count(count, count == MOST));
                }));
    }

    private Answer filtered(AdminCall call, boolean allowed, Function<DeadLetterFilter, Answer> work) {
        try {
            DeadLetterFilter filter = DeadLetterFilter.of(call.parameters(), clock.instant());
            return filter.everything() && !allowed
                    ? Answer.invalid("query", "Name at least one of topic, code, since, until.")
                    : work.apply(filter);
        } catch (IllegalArgumentException unreadable) {
            return Answer.invalid("query", String.valueOf(unreadable.getMessage()));
        }
    }

    private @Nullable DeadLetter letter(String id) {
        Matcher place = ID.matcher(id);
        return place.matches() && letters.origins().containsKey(place.group(1))
                ? letters.at(place.group(1), Integer.parseInt(place.group(2)), Long.parseLong(place.group(3)))
                : null;
    }

    private static View view(DeadLetter letter, @Nullable Instant replayedAt, boolean whole) {
        byte[] value = letter.record().value();
        return new View(
                letter.id(),
                letter.record().topic(),
                letter.at(),
                letter.code(),
                letter.header("error-pointer"),
                letter.header("error-detail"),
                text(letter.record().key()),
                letter.header("original-topic"),
                Parameters.number(letter.header("original-partition")),
                Parameters.number(letter.header("original-offset")),
                value == null ? 0 : value.length,
                replayedAt,
                whole ? text(value) : null,
                whole && value != null && text(value) == null
                        ? Base64.getEncoder().encodeToString(value)
                        : null);
    }

    /** Null also for what is not UTF-8. */
    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    private record Page(List<View> results) {}

    /** @param more whether the same order again would find more */
    private record Count(int count, boolean more) {}

    /**
     * A letter as JSON.
     *
     * @param size of the value, bytes
     * @param value only when one letter is asked for, and it is UTF-8
     * @param valueBase64 only when one letter is asked for, and it is not
     */
    private record View(
            String id,
            String topic,
            Instant at,
            String code,
            String pointer,
            String detail,
            @Nullable String key,
            String originalTopic,
            @Nullable Long originalPartition,
            @Nullable Long originalOffset,
            int size,
            @Nullable Instant replayedAt,
            @Nullable String value,
            @Nullable String valueBase64) {}
}
