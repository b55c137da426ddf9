package camelbell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What clients see while the database is away, slow, or not as the hub expects it. */
@TestPropertySource(
        properties = {
            "camelbell.api.query-timeout=1s",
            "spring.datasource.hikari.connection-timeout=2500",
            "spring.datasource.hikari.validation-timeout=500"
        })
@Tag("long")
@DirtiesContext
class FailingDatabaseTest extends ApiHub {

    private static final String LIST = "/api/notifications/";
    private static final String UNAVAILABLE = "{\"detail\":\"Temporarily unavailable.\",\"code\":\"unavailable\","
            + "\"docs\":\"/api/docs/reference/errors#unavailable\"}";

    @Autowired
    private Environment environment;

    @BeforeEach
    void load() throws Exception {
        try (InputStream fixture = Objects.requireNonNull(getClass().getResourceAsStream("/api/fixture.json"))) {
            load(fixture);
        }
    }

    @Test
    void while_the_database_is_away_the_answer_is_503_within_3_seconds_and_then_it_is_back() throws Exception {
        isBack();
        String name =
                jdbc().sql("SELECT current_database()").query(String.class).single();
        try (Connection other = connect("/postgres");
                Statement statement = other.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            try {
                for (String path : new String[] {LIST, LIST + "unread_count/", LIST + "unread/"}) {
                    unavailable(path);
                }
            } finally {
                statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            }
        }
        isBack();
    }

    @Test
    void a_query_that_takes_too_long_is_503() throws Exception {
        try (Connection other = connect("");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE notification_log IN ACCESS EXCLUSIVE MODE");
            unavailable(LIST);
            other.rollback();
        }
        isBack();
    }

    @Test
    void a_fault_is_500_and_tells_nothing() throws Exception {
        change("ALTER TABLE ticket_event RENAME COLUMN subject TO other");
        try {
            again(() -> {
                Answer answer = get(LIST, 1);
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.body())
                        .isEqualTo("{\"detail\":\"A server error occurred.\",\"code\":\"server_error\","
                                + "\"docs\":\"/api/docs/reference/errors#server_error\"}");
                assertThat(answer.headers()).containsEntry("content-type", "application/json");
            });
        } finally {
            change("ALTER TABLE ticket_event RENAME COLUMN other TO subject");
        }
    }

    private void isBack() {
        again(() -> assertThat(get(LIST, 1).status()).isEqualTo(200));
    }

    private void unavailable(String path) {
        again(() -> {
            long start = System.nanoTime();
            Answer answer = get(path, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo(UNAVAILABLE);
            assertThat(answer.headers())
                    .containsEntry("retry-after", "5")
                    .containsEntry("content-type", "application/json");
        });
    }

    /** Asked again, because a stall of the machine or of PostgreSQL takes longer than the times of this class. */
    private static void again(ThrowingRunnable answered) {
        await().pollDelay(Duration.ZERO).untilAsserted(answered);
    }

    private Connection connect(String database) throws SQLException {
        String url = environment.getRequiredProperty("spring.datasource.url");
        return DriverManager.getConnection(
                database.isEmpty() ? url : url.substring(0, url.lastIndexOf('/')) + database,
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getProperty("spring.datasource.password"));
    }
}
