package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import camelbell.it.Stack;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What PostgreSQL and its driver really say. */
class ContentRefusalTest {

    private static final String NOBODY_LISTENS = "jdbc:postgresql://localhost:1/camelbell";
    private static final String TABLE =
            """
            CREATE TEMPORARY TABLE one (id bigint PRIMARY KEY, key text UNIQUE, at timestamptz, document jsonb,
                small int CHECK (small > 0), must text NOT NULL DEFAULT '')
            """;

    private static final DriverManagerDataSource DATABASE = Stack.migratedDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO one (id, at) VALUES (1, '+10000-01-01T04:59:59Z')",
                "INSERT INTO one (id, at) VALUES (1, '0000-12-31T19:00:00Z')",
                "INSERT INTO one (id, small) VALUES (1, 99999999999)",
                "INSERT INTO one (id, small) VALUES (1, 0)",
                "INSERT INTO one (id, must) VALUES (1, NULL)",
                "INSERT INTO one (id) VALUES (1), (1)",
                "INSERT INTO one (id, key) SELECT 1, string_agg(sha512(n::text::bytea)::text, '') FROM generate_series(1, 99) n",
                "INSERT INTO one (id, document) VALUES (1, '{\"a\":\"\\u0000\"}')",
                "INSERT INTO one (id, document) VALUES (1, '{')",
                "INSERT INTO one (id, document) VALUES (1, repeat('[', 100000)::jsonb)",
                "UPDATE one SET small = (SELECT n FROM generate_series(1, 2) n)",
                "INSERT INTO one (id) VALUES (1), (1) ON CONFLICT (id) DO UPDATE SET small = 1"
            })
    void a_value_that_the_database_refuses_is_content(String sql) {
        JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
        assertThat(ContentRefusal.of(refusal(connection -> {
                    if (sql.startsWith("UPDATE")) {
                        connection.createStatement().execute("INSERT INTO one (id) VALUES (7)");
                    }
                    connection.createStatement().execute(sql);
                })))
                .isTrue();
        // as Spring translates it
        assertThat(ContentRefusal.of(catchThrowable(() -> jdbc.execute((Connection connection) -> {
                    connection.createStatement().execute(TABLE);
                    connection.createStatement().execute("INSERT INTO one (id) VALUES (7)");
                    return connection.createStatement().execute(sql);
                }))))
                .isTrue();
    }

    @Test
    void values_that_travel_as_parameters_are_content_too() {
        assertThat(List.of(
                        refusal(connection -> insert(connection, "key", "nul \0 inside")),
                        refusal(connection -> insert(connection, "at", LocalDateTime.of(300_000, 1, 1, 0, 0)))))
                .allSatisfy(failure -> assertThat(ContentRefusal.of(failure))
                        .as(failure.toString())
                        .isTrue());
    }

    @Test
    void one_row_of_a_batch_is_found_behind_the_batch() {
        Throwable failure = refusal(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO one (id, small) VALUES (?, ?)")) {
                for (int row = 0; row < 3; row++) {
                    statement.setLong(1, row);
                    statement.setInt(2, row == 1 ? 0 : 1);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        });
        assertThat(failure).isInstanceOf(BatchUpdateException.class);
        assertThat(ContentRefusal.of(new RuntimeCamelException(failure))).isTrue();
        assertThat(ContentRefusal.of(new IllegalStateException(new SQLException("first", null, failure))))
                .isTrue();
    }

    @Test
    void what_follows_a_refusal_in_its_transaction_says_the_same() {
        assertThat(ContentRefusal.of(refusal(connection -> {
                    connection.setAutoCommit(false);
                    try {
                        connection.createStatement().execute("SELECT 'x'::int");
                    } catch (SQLException ignored) {
                        connection.createStatement().execute("SELECT 1");
                    }
                })))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT nothing FROM nowhere",
                "SELEC 1",
                "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$",
                "DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$",
                "DO $$ BEGIN RAISE SQLSTATE '53100'; END $$",
                "DO $$ BEGIN RAISE SQLSTATE '53200'; END $$",
                "DO $$ BEGIN RAISE SQLSTATE '55P03'; END $$",
                "DO $$ BEGIN RAISE SQLSTATE '57P01'; END $$",
                "DO $$ BEGIN RAISE SQLSTATE '58030'; END $$",
                "DO $$ BEGIN RAISE SQLSTATE 'XX000'; END $$",
                "SET statement_timeout = 1; SELECT pg_sleep(10)",
                "SET TRANSACTION READ ONLY; CREATE TABLE other ()"
            })
    void everything_else_is_an_outage(String sql) {
        assertThat(ContentRefusal.of(
                        refusal(connection -> connection.createStatement().execute(sql))))
                .isFalse();
    }

    @Test
    void an_outage_beside_a_refusal_is_an_outage() {
        SQLException refused = new SQLException("refused", "22008");
        refused.setNextException(new SQLException("gone", "08006"));
        assertThat(ContentRefusal.of(refused)).isFalse();
        assertThat(ContentRefusal.of(catchThrowable(() -> DriverManager.getConnection(NOBODY_LISTENS))))
                .isFalse();
    }

    @Test
    void without_a_state_it_is_content_only_where_a_violation_was_found_before_the_database_was_asked() {
        assertThat(ContentRefusal.of(new DataIntegrityViolationException("not-null property references a null")))
                .isTrue();
        assertThat(ContentRefusal.of(new QueryTimeoutException("no turn"))).isFalse();
        assertThat(ContentRefusal.of(new IllegalStateException("a mistake of ours")))
                .isFalse();
    }

    private static void insert(Connection connection, String column, Object value) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO one (id, " + column + ") VALUES (1, ?)")) {
            statement.setObject(1, value);
            statement.execute();
        }
    }

    private interface Step {
        void on(Connection connection) throws SQLException;
    }

    private static Throwable refusal(Step step) {
        return catchThrowable(() -> {
            try (Connection connection = DATABASE.getConnection()) {
                connection.createStatement().execute(TABLE);
                step.on(connection);
            }
        });
    }
}
