package camelbell.rule;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R9: one package writes a table, so that there is one place that says how it may change. */
class StoreRulesTest {

    private static final Path MAIN = Path.of("src/main/java/camelbell");
    private static final Pattern WRITE = Pattern.compile(
            "\\b(?:INSERT\\s+INTO|UPDATE|DELETE\\s+FROM|TRUNCATE(?:\\s+TABLE)?|MERGE\\s+INTO|COPY)\\s+(?:ONLY\\s+)?"
                    + "(?:\"?public\"?\\s*\\.\\s*)?\\\\?\"?([a-z_]+)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ENTITY = Pattern.compile("@Table\\([^)]*name = \"([a-z_]+)\"");
    private static final Pattern UNSEEN = Pattern.compile(
            "\\b(?:INSERT\\s+INTO|UPDATE|DELETE\\s+FROM|TRUNCATE(?:\\s+TABLE)?|MERGE\\s+INTO)\\s+(?:ONLY\\s+)?(?:%|\"\\s*\\+)");
    private static final Pattern CREATED = Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?([a-z_]+)");

    @Test
    void R9_one_package_writes_a_table() throws IOException {
        Map<String, Set<String>> writers = writers();

        assertThat(writers)
                .allSatisfy((table, packages) ->
                        assertThat(packages).as("packages that write " + table).hasSize(1));
    }

    @Test
    void R9_what_was_recorded_is_written_by_the_store() throws IOException {
        assertThat(writers())
                .containsAllEntriesOf(Map.of(
                        "ticket_event", Set.of("store"),
                        "event_slice", Set.of("store"),
                        "notification_log", Set.of("store"),
                        "delivery", Set.of("store"),
                        "inbox", Set.of("store"),
                        "attempt", Set.of("store"),
                        "provider_message", Set.of("store"),
                        "parked_receipt", Set.of("store"),
                        "status_outbox", Set.of("status")));
    }

    @Test
    void R9_which_table_is_written_stands_in_the_statement() {
        assertThat(files(MAIN, ".java"))
                .allSatisfy(file -> assertThat(file).content().doesNotContainPattern(UNSEEN));
    }

    @Test
    void what_the_store_claims_leaves_the_plan_of_the_event_where_it_is_for_it_may_name_everybody() {
        assertThat(files(MAIN.resolve("store"), ".java"))
                .allSatisfy(file -> assertThat(file).content().doesNotContain(" e.*"));
    }

    /** The packages by the tables of the migrations that they write, by SQL or as an entity. */
    private static Map<String, Set<String>> writers() throws IOException {
        Set<String> tables = tables();
        Map<String, Set<String>> writers = new TreeMap<>();
        for (Path file : files(MAIN, ".java")) {
            String source = Files.readString(file);
            Stream.of(WRITE, ENTITY)
                    .flatMap(pattern -> pattern.matcher(source).results())
                    .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                    .filter(tables::contains)
                    .forEach(table -> writers.computeIfAbsent(table, any -> new TreeSet<>())
                            .add(MAIN.relativize(file).getName(0).toString()));
        }
        return writers;
    }

    private static Set<String> tables() throws IOException {
        Set<String> tables = new TreeSet<>();
        for (Path file : files(Path.of("src/main/resources/db/migration"), ".sql")) {
            tables.addAll(CREATED.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult table) -> table.group(1).toLowerCase(Locale.ROOT))
                    .collect(toCollection(TreeSet::new)));
        }
        assertThat(tables).contains("notification_log", "person");
        return tables;
    }

    private static Iterable<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
