package camelbell.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.it.Stack;
import camelbell.model.IncomingRecord;
import camelbell.model.Person;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class CachedDirectoryTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final DataSource database = Stack.migratedDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final PersonRows rows = new PersonRows(jdbc);
    private final DirectoryProgress progress = new DirectoryProgress(jdbc);
    private final UnchangedOffsets quiet = new UnchangedOffsets();

    @Test
    void whom_another_node_has_changed_is_read_anew_after_the_next_look() {
        CachedDirectory directory = knowsAda(LONG);

        named("Ada Lovelace");
        progress.advance(List.of(record(0)));
        assertThat(name(directory)).isEqualTo("Ada");
        directory.look();

        assertThat(name(directory)).isEqualTo("Ada Lovelace");
    }

    @Test
    void a_look_is_due_again_and_again() {
        CachedDirectory directory = directory(Duration.ofSeconds(1)); // people are kept for half a minute
        for (int change = 0; change < 2; change++) {
            String name = "Ada " + change;
            named(name);
            progress.advance(List.of(record(change)));
            await().untilAsserted(() -> assertThat(name(directory)).isEqualTo(name));
        }
    }

    @Test
    void what_this_node_applies_a_second_time_may_have_changed_people_the_first_time() {
        DirectoryIntake intake = new DirectoryIntake(rows, progress, directory(LONG), quiet);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        IncomingRecord user = new IncomingRecord(
                "users",
                0,
                5,
                0,
                Instant.EPOCH,
                null,
                "{\"id\": 7, \"username\": \"ada\", \"name\": \"Ada\", \"role\": \"ADMIN\"}"
                        .getBytes(StandardCharsets.UTF_8),
                Map.of());

        transaction.executeWithoutResult(status -> intake.apply(List.of(user)));
        transaction.executeWithoutResult(status -> intake.apply(List.of(user)));
        assertThat(quiet.cover(Map.of(0, 5L), Map.of(0, 6L))).as("again").isFalse();

        IncomingRecord once = new IncomingRecord("users", 0, 6, 0, Instant.EPOCH, null, user.value(), Map.of());
        transaction.executeWithoutResult(status -> intake.apply(List.of(once)));
        assertThat(quiet.cover(Map.of(0, 6L), Map.of(0, 7L)))
                .as("for the first time")
                .isTrue();
    }

    @Test
    void nobody_is_read_anew_while_the_topic_says_that_nobody_has_changed() {
        CachedDirectory directory = knowsAda(LONG);

        named("Ada by hand");
        directory.look();
        assertThat(name(directory)).as("nothing was posted").isEqualTo("Ada");
        progress.advance(List.of(record(0), record(1)));
        quiet.applied(List.of(record(0), record(1)), true);
        directory.look();
        assertThat(name(directory))
                .as("the same directory was posted once more")
                .isEqualTo("Ada");
    }

    @Test
    void what_is_changed_by_hand_shows_after_a_while_though_no_topic_tells_of_it() {
        CachedDirectory directory = knowsAda(SHORT);

        named("Ada by hand");

        await().until(() -> name(directory).equals("Ada by hand"));
    }

    @Test
    void who_must_not_wait_is_told_of_nobody_when_the_newest_look_is_too_old() {
        CachedDirectory directory = directory(LONG);
        named("Ada");
        assertThat(directory.personAtHand(7)).isNull();
        assertThat(name(directory)).isEqualTo("Ada");
        assertThat(directory.personAtHand(7)).isNotNull();

        CachedDirectory forgetful = knowsAda(SHORT);
        await().until(() -> forgetful.personAtHand(7) == null);
    }

    private CachedDirectory knowsAda(Duration staleness) {
        CachedDirectory directory = directory(staleness);
        named("Ada");
        assertThat(name(directory)).isEqualTo("Ada");
        return directory;
    }

    private CachedDirectory directory(Duration staleness) {
        return new CachedDirectory(
                rows, progress, quiet, new DirectoryProperties(staleness, Duration.ofSeconds(1)), "users");
    }

    private void named(String name) {
        rows.upsert(List.of(new Person(7, "ada", name, "ADMIN", true, null, null, Map.of())));
    }

    private static String name(CachedDirectory directory) {
        return Objects.requireNonNull(directory.person(7)).name();
    }

    private static IncomingRecord record(long offset) {
        return new IncomingRecord("users", 0, offset, 0, Instant.EPOCH, null, null, Map.of());
    }
}
