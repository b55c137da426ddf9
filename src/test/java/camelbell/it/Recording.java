package camelbell.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a Django server answered once, case by case, where that recording lies beside the project. */
public final class Recording {

    private static final JsonMapper JSON = new JsonMapper();

    /** Beside the project, or beside its folder of working copies. */
    private static final Path FOLDER = Stream.of("../shared/spec", "../../shared/spec")
            .map(Path::of)
            .filter(Files::exists)
            .findFirst()
            .orElse(Path.of("absent"));

    private Recording() {}

    public static boolean isThere() {
        return Files.exists(FOLDER);
    }

    /** The rows that the server answered from. */
    public static Path fixture() {
        return FOLDER.resolve("fixture.json");
    }

    /** The cases whose names begin so, in their order. */
    public static Map<String, JsonNode> cases(String beginning) throws IOException {
        Map<String, JsonNode> cases = new LinkedHashMap<>();
        JSON.readTree(FOLDER.resolve("django-reference.json").toFile())
                .properties()
                .forEach(one -> {
                    if (one.getKey().startsWith(beginning)) {
                        cases.put(one.getKey(), one.getValue());
                    }
                });
        return cases;
    }
}
