package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of commands in the reference, which has a heading for each of them. */
final class CommandsPage {

    private static final Path PAGE = Path.of("src/docs/reference/commands.md");

    private CommandsPage() {}

    /** What stands below the heading of a command. */
    static String of(String command) throws IOException {
        Matcher part =
                Pattern.compile("(?ms)^## " + command + "\n.*?(?=^## |\\z)").matcher(Files.readString(PAGE));
        assertThat(part.find()).as("a heading ## " + command + " in " + PAGE).isTrue();
        return part.group();
    }

    /** A line that {@code --json} has printed, once all its fields are found on the page; what people post is theirs. */
    static JsonNode documented(String command, String line) throws IOException {
        String page = of(command);
        try {
            JsonNode object = new JsonMapper().readTree(line);
            assertThat(object.isObject()).isTrue();
            look(object, page);
            return object;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static void look(JsonNode node, String page) {
        node.properties().forEach(field -> {
            assertThat(page).contains("`" + field.getKey() + "`");
            if (!field.getKey().equals("event")) {
                look(field.getValue(), page);
            }
        });
        if (node.isArray()) {
            node.forEach(entry -> look(entry, page));
        }
    }
}
