package camelbell.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Lines of a file, with the keys of the rows that they are. Columns stand side by side, as statements take them. */
final class RowLines {

    private static final JsonFactory JSON = new JsonFactory();

    private final Long[] numbers;
    private final String[] times;
    private final String[] lines;

    private RowLines(Long[] numbers, String[] times, String[] lines) {
        this.numbers = numbers;
        this.times = times;
        this.lines = lines;
    }

    /** Errors: IllegalArgumentException for a line that is no row of the kind. */
    static RowLines of(RowKind kind, List<String> lines) {
        String key = kind == RowKind.ATTEMPTS ? "notification_id" : "id";
        Long[] numbers = new Long[lines.size()];
        String[] times = new String[lines.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(lines.get(i), key);
            times[i] = kind == RowKind.ATTEMPTS ? field(lines.get(i), "at") : "";
        }
        return new RowLines(numbers, times, lines.toArray(String[]::new));
    }

    /** Errors: IllegalArgumentException for a line that has no such number. */
    static long number(String line, String key) {
        try {
            return Long.parseLong(field(line, key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a line has no number " + key, e);
        }
    }

    /** Of the row itself, and no further than that: its plan may name tens of thousands. */
    private static String field(String line, String key) {
        try (JsonParser row = JSON.createParser(line)) {
            row.nextToken();
            while (row.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = key.equals(row.currentName());
                row.nextToken();
                if (found) {
                    return row.getText();
                }
                row.skipChildren();
            }
            throw new IllegalArgumentException("a line has no " + key);
        } catch (IOException e) {
            throw new IllegalArgumentException("a line is no JSON", e);
        }
    }

    Long[] numbers() {
        return numbers;
    }

    /** The statement with what it names of them: {@code :numbers}, {@code :times}, {@code :lines}. */
    StatementSpec of(JdbcClient jdbc, String sql) {
        StatementSpec statement = jdbc.sql(sql).param("lines", lines);
        statement = sql.contains(":numbers") ? statement.param("numbers", numbers) : statement;
        return sql.contains(":times") ? statement.param("times", times) : statement;
    }
}
