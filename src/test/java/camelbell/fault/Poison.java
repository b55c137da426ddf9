package camelbell.fault;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A plainly broken record among the good ones. */
final class Poison {

    private Poison() {}

    static Bad post(Rig rig, Random random, String key) {
        Bad bad = some(key).get(random.nextInt(some(key).size()));
        rig.topics.post("ticket-events", bad.key(), bad.value(), bad.headers());
        rig.topics.flush();
        return bad;
    }

    private static List<Bad> some(String key) {
        return List.of(
                Bad.of(key, null, "EMPTY", ""),
                Bad.of(key, utf8("{"), "MALFORMED", ""),
                Bad.of(key, utf8("[1]"), "NOT_OBJECT", ""),
                Bad.of(key, utf8("{}"), "MISSING_FIELD", "/specversion"),
                new Bad(key, utf8("{}"), Map.of("ce_specversion", "9"), "INVALID_FIELD", "/specversion"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
