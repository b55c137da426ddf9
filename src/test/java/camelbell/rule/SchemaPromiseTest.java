package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Nodes of the version before go on while a database is migrated, and may come back (src/docs/how-to/upgrade.md): whatever they
 * read is there, whatever they write is taken. What they know is {@code before.txt}, the schema of the newest version that was
 * released, and until one is, of V25; {@code -Dschema=released} writes it anew when a version has been released.
 */
class SchemaPromiseTest {

    private static final Path BEFORE = Path.of("src/test/resources/schema/before.txt");

    private static final String COLUMNS =
            """
            FROM (SELECT relname AS t, attname AS c, format_type(atttypid, atttypmod) AS type, attnotnull, atthasdef, attidentity, attgenerated,
                      pg_get_expr(adbin, adrelid) AS value
                  FROM pg_attribute JOIN pg_class k ON k.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped) columns
            """;

    /** A line for all that a statement may name, leave out or rely on. */
    private static final String KNOWN =
            """
            SELECT format('column %s.%s %s', t, c, type) {columns}
            UNION ALL SELECT format('left out %s.%s', t, c) {columns} WHERE NOT attnotnull OR atthasdef OR attidentity <> ''
            UNION ALL SELECT format('never null %s.%s', t, c) {columns} WHERE attnotnull
            UNION ALL SELECT format('default %s.%s %s', t, c, value) {columns} WHERE atthasdef
            UNION ALL SELECT format('unique %s', regexp_replace(pg_get_indexdef(indexrelid), '^.* ON public\\.', '')) FROM pg_index
                JOIN pg_class i ON i.oid = indexrelid WHERE indisunique AND indisvalid AND indimmediate AND relnamespace = 'public'::regnamespace
            UNION ALL SELECT format('constraint %s of %s', conname, conrelid::regclass) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'x') AND NOT condeferrable
            UNION ALL SELECT format('sequence %s', sequencename) FROM pg_sequences WHERE schemaname = 'public'
            UNION ALL SELECT format('function %s(%s) %s', proname, pg_get_function_identity_arguments(oid), pg_get_function_result(oid))
                FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            ORDER BY 1
            """
                    .replace("{columns}", COLUMNS);

    /** A line for all that may refuse a row or take it for something else. */
    private static final String REFUSING =
            """
            SELECT format('column %s.%s must be given', t, c) {columns} WHERE attnotnull AND NOT atthasdef AND attidentity = ''
            UNION ALL SELECT format('column %s.%s must not be given', t, c) {columns} WHERE attidentity = 'a' OR attgenerated <> ''
            UNION ALL SELECT format('unique %s', regexp_replace(pg_get_indexdef(indexrelid), '^.* ON public\\.', '')) FROM pg_index
                JOIN pg_class i ON i.oid = indexrelid WHERE indisunique AND relnamespace = 'public'::regnamespace
            UNION ALL SELECT format('constraint on %s: %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'x')
            UNION ALL SELECT format('constraint on %s: rows of %s', confrelid::regclass, conrelid::regclass) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype = 'f'
            UNION ALL SELECT format('trigger on %s: %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT format('rule on %s: %s', ev_class::regclass, rulename) FROM pg_rewrite JOIN pg_class k ON k.oid = ev_class
                WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT format('policy on %s', oid::regclass) FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace
            ORDER BY 1
            """
                    .replace("{columns}", COLUMNS);

    private final JdbcClient database = JdbcClient.create(Stack.migratedDatabase());

    @Test
    void whatever_the_version_before_reads_and_writes_the_newest_schema_has_and_takes() throws IOException {
        if ("released".equals(System.getProperty("schema"))) {
            Files.writeString(BEFORE, String.join("\n", schema()) + "\n");
        }
        assertThat(broken(Files.readAllLines(BEFORE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        ALTER TABLE inbox DROP COLUMN last_seq                          | has no longer: column inbox.last_seq bigint
        ALTER TABLE inbox RENAME TO boxes                               | has no longer: column inbox.unread bigint
        ALTER TABLE attempt ALTER reason SET NOT NULL                   | has no longer: left out attempt.reason
        ALTER TABLE attempt ALTER attempt TYPE bigint                   | has no longer: column attempt.attempt integer
        ALTER TABLE attempt ADD node text NOT NULL                      | refuses by: column attempt.node must be given
        ALTER TABLE attempt ADD CHECK (attempt < 9)                     | refuses by: constraint on attempt: CHECK ((attempt < 9))
        CREATE UNIQUE INDEX once ON attempt (reason)                    | refuses by: unique attempt USING btree (reason)
        ALTER TABLE attempt DROP CONSTRAINT attempt_pkey                | has no longer: unique attempt USING btree (notification_id, at)
        ALTER TABLE attempt RENAME CONSTRAINT attempt_pkey TO a         | has no longer: constraint attempt_pkey of attempt
        ALTER TABLE attempt ALTER outcome TYPE varchar(9)               | has no longer: column attempt.outcome text
        ALTER TABLE ticket_event ALTER assignees TYPE int[]             | has no longer: column ticket_event.assignees bigint[]
        ALTER TABLE inbox ALTER unread DROP NOT NULL                    | has no longer: never null inbox.unread
        ALTER TABLE delivery ALTER fallback SET DEFAULT true            | has no longer: default delivery.fallback false
        ALTER TABLE attempt ADD n int GENERATED ALWAYS AS (1) STORED    | refuses by: column attempt.n must not be given
        CREATE TABLE more (id bigint REFERENCES ticket_event)           | refuses by: constraint on ticket_event: rows of more
        ALTER TABLE attempt ENABLE ROW LEVEL SECURITY                   | refuses by: policy on attempt
        CREATE RULE none AS ON INSERT TO attempt DO INSTEAD NOTHING     | refuses by: rule on attempt: none
        """)
    void a_change_that_the_version_before_would_meet_is_found(String change, String finding) throws IOException {
        List<String> before = schema();
        database.sql(change).update();

        assertThat(broken(before)).contains(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "ALTER TABLE attempt ADD node text",
        "ALTER TABLE attempt ADD tries int NOT NULL DEFAULT 0",
        "CREATE TABLE more (id bigint PRIMARY KEY)",
        "CREATE INDEX more ON attempt (reason)",
        "DROP INDEX notification_log_listed"
    })
    void a_change_that_it_never_meets_is_none(String change) {
        List<String> before = schema();
        database.sql(change).update();

        assertThat(broken(before)).isEmpty();
    }

    private List<String> schema() {
        return Stream.concat(all(KNOWN), all(REFUSING).map(line -> "refuses: " + line))
                .toList();
    }

    private Stream<String> all(String sql) {
        return database.sql(sql).query(String.class).list().stream().filter(line -> !line.contains("flyway_"));
    }

    private List<String> broken(List<String> before) {
        List<String> now = schema();
        return Stream.concat(
                        before.stream()
                                .filter(line -> !line.startsWith("refuses: "))
                                .filter(line -> !now.contains(line))
                                .map(line -> "has no longer: " + line),
                        now.stream()
                                .filter(line -> line.startsWith("refuses: ") && !before.contains(line))
                                .filter(line -> before.stream()
                                        .anyMatch(known -> known.startsWith("column " + table(line) + ".")))
                                .map(line -> "refuses by: " + line.substring("refuses: ".length())))
                .toList();
    }

    /** That of a line that says what refuses. */
    private static String table(String line) {
        return line.replaceFirst("^refuses: (?:column|unique|constraint on|trigger on|rule on|policy on) ", "")
                .replaceFirst("[^a-z_0-9].*", "");
    }
}
