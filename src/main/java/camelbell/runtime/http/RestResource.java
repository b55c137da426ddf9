package camelbell.runtime.http;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One path of the REST routes and what may be done there.
 *
 * @param path what the path must match, its last slash included
 * @param methods the verbs of its REST routes
 * @param description the answer to OPTIONS
 * @param unkept whether its answers are credentials, of which no copy is to be kept (RFC 6749 section 5.1)
 */
record RestResource(Pattern path, Set<String> methods, JsonObject description, boolean unkept) {

    /** The Allow header: HEAD comes with GET, OPTIONS always. */
    String allow() {
        String verbs = String.join(", ", methods).replace("GET", "GET, HEAD");
        return verbs + ", OPTIONS";
    }
}
