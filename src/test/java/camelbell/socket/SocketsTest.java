package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.model.TokenCheck;
import camelbell.model.TokenChecker;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The stage as the route drives it, on a real database; only the socket itself is the test's. */
class SocketsTest {

    private final Instant later = Instant.now().plusSeconds(600);
    private static HikariDataSource database;
    private static InboxFixture inbox;
    private static long nextPerson = 100;

    /** A grace that no stall of the machine outlasts. */
    private final SocketProperties properties = properties(Map.of("camelbell.websocket.slow-reader-grace", "2m"));

    private final Sessions sessions = new Sessions(properties);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TokenChecker tokens = token -> switch (token) {
        case "mine" -> new TokenCheck.Accepted(
                Objects.requireNonNull(InboxFixture.directory().person(person())), later.plusSeconds(60));
        case "other" -> new TokenCheck.Accepted(
                Objects.requireNonNull(InboxFixture.directory().person(1)), later);
        default -> new TokenCheck.Rejected(new TokenCheck.Refusal("no", "token_not_valid", null));
    };
    private long person;
    private CatchUpCount count;
    private CatchUpDispatcher dispatcher;
    private ClientFrames frames;
    private Sockets sockets;

    @BeforeAll
    static void openDatabase() {
        database = InboxFixture.freshDatabase();
        inbox = new InboxFixture(database);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void start() {
        person = nextPerson++;
        count = new CatchUpCount(meters, sessions, properties);
        InboxReader reader = new InboxReader(inbox.jdbc(), InboxFixture.policy());
        CatchUp catchUp = new CatchUp(sessions, reader, InboxFixture.directory(), count);
        dispatcher = new CatchUpDispatcher(sessions, catchUp, properties);
        frames = new ClientFrames(tokens, dispatcher, count, properties);
        sockets = sockets(properties);
    }

    private Sockets sockets(SocketProperties settings) {
        return new Sockets(sessions, dispatcher, frames, settings, count);
    }

    @AfterEach
    void stop() {
        dispatcher.destroy();
        frames.destroy();
    }

    private long person() {
        return person;
    }

    @Test
    void a_client_is_greeted_with_its_unread_count_and_newest_seq() {
        inbox.record(person);
        inbox.record(person);

        RecordingConnection client = open(null);

        assertThat(client.frames).hasSize(1);
        assertThat(client.frames.get(0).toString())
                .isEqualTo("{\"type\":\"connection_established\",\"message\":\"Connected successfully as user_" + person
                        + "\",\"user_id\":" + person + ",\"unread_count\":2,"
                        + "\"unread_by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":2},\"seq\":2}");
    }

    @Test
    void what_is_committed_reaches_every_device_of_the_person_and_nobody_else() {
        RecordingConnection phone = open(null);
        RecordingConnection browser = open(null);
        RecordingConnection stranger = open(person + 500, null);

        inbox.record(person);
        dispatcher.wake(List.of(person, person + 500));

        await().untilAsserted(() ->
                assertThat(List.of(phone.seqs(), browser.seqs())).containsExactly(List.of(1L), List.of(1L)));
        assertThat(phone.frames.get(1).path("unread_count").asLong()).isOne();
        assertThat(phone.frames.get(1).has("type")).isFalse();
        assertThat(stranger.types()).containsExactly("connection_established");
    }

    @Test
    void hints_in_any_number_never_send_a_row_twice() {
        RecordingConnection client = open(null);
        for (int round = 0; round < 50; round++) {
            inbox.record(person);
            dispatcher.wake(List.of(person));
            dispatcher.wake(List.of(person));
        }

        await().untilAsserted(() -> assertThat(client.seqs()).hasSize(50));
        assertThat(client.seqs()).isSorted().doesNotHaveDuplicates();
        assertThat(client.types().subList(1, client.frames.size())).containsOnly("-");
    }

    @Test
    void missed_rows_are_replayed_after_the_greeting_up_to_three_hundred() {
        for (int row = 0; row < 301; row++) {
            inbox.record(person);
        }

        RecordingConnection near = open("1");
        RecordingConnection far = open("0");
        await().untilAsserted(() -> assertThat(near.seqs()).hasSize(300).isSorted());
        assertThat(near.seqs().get(0)).isEqualTo(2);
        assertThat(near.types().get(0)).isEqualTo("connection_established");
        await().untilAsserted(() -> assertThat(far.types()).containsExactly("connection_established", "resync"));

        inbox.record(person);
        dispatcher.wake(List.of(person));
        await().untilAsserted(() -> assertThat(far.seqs()).containsExactly(302L));
    }

    @Test
    void a_replayed_frame_is_the_one_that_was_pushed() {
        RecordingConnection live = open(null);
        inbox.record(person);
        dispatcher.wake(List.of(person));
        await().untilAsserted(() -> assertThat(live.seqs()).hasSize(1));

        RecordingConnection later = open("0");

        await().untilAsserted(() -> assertThat(later.frames).hasSize(2));
        assertThat(later.frames.get(1)).isEqualTo(live.frames.get(1));
    }

    @Test
    void resume_replays_on_an_open_connection() {
        inbox.record(person);
        inbox.record(person);
        RecordingConnection client = open(null);

        assertThat(answer(client.key, "{\"type\":\"resume\",\"seq\":0}")).isNull();
        await().untilAsserted(() -> assertThat(client.seqs()).containsExactly(1L, 2L));
        assertThat(answer(client.key, "{\"type\":\"resume\",\"seq\":99}")).isNull();
        await().untilAsserted(() -> assertThat(client.types()).endsWith("resync"));
        assertThat(answer(client.key, "{\"type\":\"resume\",\"seq\":\"1\"}")).contains("\"type\":\"error\"");
    }

    @Test
    void reading_on_one_device_tells_every_device_the_new_count() {
        inbox.record(person);
        RecordingConnection phone = open(null);
        RecordingConnection browser = open(null);

        inbox.markAllRead(person);
        dispatcher.wake(List.of(person));

        await().untilAsserted(() -> assertThat(List.of(last(phone), last(browser)))
                .containsOnly("{\"type\":\"unread_count\",\"count\":0,"
                        + "\"by_type\":{\"EMAIL\":0,\"WHATSAPP\":0,\"SYSTEM\":0}}"));
        dispatcher.wake(List.of(person));
        inbox.record(person);
        dispatcher.wake(List.of(person));
        await().untilAsserted(() -> assertThat(phone.seqs()).containsExactly(2L));
        assertThat(phone.types()).containsExactly("connection_established", "unread_count", "-");
    }

    @Test
    void a_reader_that_is_full_is_sent_the_rest_when_it_has_drained() {
        RecordingConnection client = open(null);
        client.full = true;
        inbox.record(person);
        dispatcher.wake(List.of(person));
        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(client.seqs()).isEmpty());

        client.full = false;
        await().untilAsserted(() -> assertThat(client.seqs()).containsExactly(1L));
        assertThat(client.open()).isTrue();
    }

    @Test
    void counts_are_told_once_a_reader_that_is_full_has_drained() {
        inbox.record(person);
        RecordingConnection client = open(null);
        client.full = true;
        inbox.markAllRead(person);
        dispatcher.wake(List.of(person));
        await().during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(client.types()).containsExactly("connection_established"));

        client.full = false;
        await().untilAsserted(
                        () -> assertThat(client.types()).containsExactly("connection_established", "unread_count"));
    }

    @Test
    void a_reader_that_stays_full_is_closed_4408_though_nothing_is_sent_to_it() {
        Heartbeat heartbeat = new Heartbeat(sessions, properties);
        RecordingConnection client = open(null);
        client.behind = properties.slowReaderGrace();
        heartbeat.beat(Instant.now());
        assertThat(client.open()).isTrue();

        client.behind = properties.slowReaderGrace().plusMillis(1);
        heartbeat.beat(Instant.now());

        assertThat(client.closedWith).isEqualTo(4408);
        assertThat(sessions.of(person)).isEmpty();
    }

    @Test
    void a_client_is_listened_to_once_it_has_been_greeted() {
        RecordingConnection unknown = new RecordingConnection("unknown");
        sockets.opened(unknown, 5000, later.getEpochSecond(), null);
        await().until(() -> !unknown.open());

        assertThat(unknown.listening).isFalse();
        assertThat(open(null).listening).isTrue();
    }

    @Test
    void the_eleventh_connection_of_a_person_is_closed_4409_and_the_others_stay() {
        for (int device = 0; device < 10; device++) {
            open(null);
        }

        RecordingConnection eleventh = new RecordingConnection("eleventh");
        sockets.opened(eleventh, person, later.getEpochSecond(), null);

        assertThat(eleventh.closedWith).isEqualTo(4409);
        assertThat(sessions.of(person)).hasSize(10);
        sockets.closed(sessions.of(person).get(0).connection().key());
        assertThat(open(null).open()).isTrue();
    }

    @Test
    void a_person_who_is_no_longer_active_or_known_is_closed_4401() {
        RecordingConnection inactive = new RecordingConnection("inactive");
        sockets.opened(inactive, 13, later.getEpochSecond(), null);
        RecordingConnection unknown = new RecordingConnection("unknown");
        sockets.opened(unknown, 5000, later.getEpochSecond(), null);

        await().untilAsserted(() ->
                assertThat(List.of(inactive.closedWith, unknown.closedWith)).containsExactly(4401, 4401));
    }

    @Test
    void an_end_that_overtakes_the_beginning_leaves_nothing_behind() {
        RecordingConnection client = new RecordingConnection("early");
        sockets.closed("early");
        client.closedWith = 1000;
        sockets.opened(client, person, later.getEpochSecond(), null);

        assertThat(sessions.of(person)).isEmpty();
        assertThat(answer("early", "{\"type\":\"ping\"}")).isNull();
    }

    @Test
    void the_heartbeat_closes_at_expiry_unless_a_new_token_was_shown() {
        Heartbeat heartbeat = new Heartbeat(sessions, properties);
        RecordingConnection renewed = open(null);
        RecordingConnection expired = open(null);
        assertThat(answer(renewed.key, "{\"type\":\"refresh\",\"token\":\"mine\"}"))
                .isNull();

        heartbeat.beat(later.plusSeconds(1));

        assertThat(List.of(renewed.closedWith, expired.closedWith)).containsExactly(0, 4401);
        heartbeat.beat(later.plusSeconds(61));
        assertThat(renewed.closedWith).isEqualTo(4401);
    }

    @Test
    void the_heartbeat_pings_every_interval_and_closes_the_silent() {
        Heartbeat heartbeat = new Heartbeat(sessions, properties);
        RecordingConnection client = open(null);
        Instant now = Instant.now();
        heartbeat.beat(now);
        heartbeat.beat(now.plusSeconds(24));
        assertThat(client.pings.get()).isZero();
        heartbeat.beat(now.plusSeconds(25));
        heartbeat.beat(now.plusSeconds(26));
        assertThat(client.pings.get()).isOne();

        client.silence = Duration.ofSeconds(34);
        heartbeat.beat(now.plusSeconds(34));
        assertThat(client.open()).isFalse();
    }

    @Test
    void the_sweep_heals_a_hint_that_was_lost() {
        SocketLifecycle lifecycle = lifecycle(Map.of("camelbell.websocket.sweep-interval", "50ms"));
        lifecycle.start();
        RecordingConnection client = open(null);

        inbox.record(person);

        await().untilAsserted(() -> assertThat(client.seqs()).containsExactly(1L));
        lifecycle.stop();
    }

    @Test
    void a_stop_closes_every_socket_1012_and_lets_nobody_in() {
        SocketLifecycle lifecycle = lifecycle(Map.of("camelbell.websocket.shutdown-grace", "100ms"));
        lifecycle.start();
        List<RecordingConnection> clients = List.of(open(null), open(null), open(null));

        lifecycle.stop();

        assertThat(lifecycle.isRunning()).isFalse();
        assertThat(clients).extracting(client -> client.closedWith).containsOnly(1012);
        RecordingConnection late = new RecordingConnection("late");
        sockets.opened(late, person, later.getEpochSecond(), null);
        assertThat(late.closedWith).isEqualTo(1012);
    }

    @Test
    void announcements_are_heard_from_others_only() throws Exception {
        Announcements here = new Announcements();
        Announcements elsewhere = new Announcements();
        String announced = elsewhere.write(List.of(1L, 2L));

        assertThat(here.read(announced)).containsExactly(1L, 2L);
        assertThat(elsewhere.read(announced)).isEmpty();
        assertThat(List.of(here.read("nonsense"), here.read("{}"), here.read("null")))
                .containsOnly(List.of());
    }

    private SocketLifecycle lifecycle(Map<String, String> settings) {
        return new SocketLifecycle(
                sockets,
                sessions,
                dispatcher,
                new Heartbeat(sessions, properties),
                properties(settings),
                Clock.systemUTC());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            textBlock =
                    """
            {"type":"ping","timestamp":1735038600000}        | {"type":"pong","timestamp":1735038600000}
            {"type":"ping","timestamp":1735038600000.5}      | {"type":"pong","timestamp":1735038600000.5}
            {"type":"ping","timestamp":"then"}               | {"type":"pong","timestamp":"then"}
            {"type":"ping","timestamp":null}                 | {"type":"pong","timestamp":null}
            {"type":"ping"}                                  | {"type":"pong","timestamp":null}
            {"type":"ping","timestamp":{"a":[1,"é"]}}        | {"type":"pong","timestamp":{"a":[1,"é"]}}
            {"type":"x","type":"ping","timestamp":1}         | {"type":"pong","timestamp":1}
            {"type":"subscribe","channel":"x"}               | none
            {"a":1}                                          | none
            {"type":1}                                       | none
            {"type":"refresh","token":"rubbish"} | {"type":"error","code":"token_not_valid","message":"Token is invalid or expired"}
            {"type":"refresh","token":"other"} | {"type":"error","code":"token_not_valid","message":"The token belongs to another user."}
            5                | {"type":"error","code":"invalid_frame","message":"A frame is one JSON object."}
            null             | {"type":"error","code":"invalid_frame","message":"A frame is one JSON object."}
            []               | {"type":"error","code":"invalid_frame","message":"A frame is one JSON object."}
            {"type":"ping"   | {"type":"error","code":"invalid_frame","message":"A frame is one JSON object."}
            {"type":"ping"}x | {"type":"error","code":"invalid_frame","message":"A frame is one JSON object."}
            {"type":"ping","timestamp":1e99999999999} | {"type":"error","code":"invalid_frame","message":"A frame is one JSON object."}
            """)
    void frames_are_answered_as_the_contract_says(String frame, @Nullable String answer) {
        RecordingConnection client = open(null);

        assertThat(answer(client.key, frame)).isEqualTo(answer);
        assertThat(client.open()).isTrue();
    }

    private @Nullable String answer(String key, String frame) {
        String answer = sockets.received(key, frame).join();
        return answer.isEmpty() ? null : answer;
    }

    private RecordingConnection open(@Nullable String since) {
        return open(person, since);
    }

    private RecordingConnection open(long owner, @Nullable String since) {
        RecordingConnection client = new RecordingConnection(owner + "-" + System.nanoTime());
        sockets.opened(client, owner, later.getEpochSecond(), since);
        await().untilAsserted(() -> assertThat(client.frames).isNotEmpty());
        return client;
    }

    private static String last(RecordingConnection client) {
        return client.frames.get(client.frames.size() - 1).toString();
    }

    static SocketProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("camelbell.websocket", SocketProperties.class);
    }
}
