package camelbell.recipient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The ids that stand in the route files, so that the policy table can name only routes that there are. */
final class RouteIds {

    private static final Pattern ID =
            Pattern.compile("^\\s+(?:id|routeId):\\s*[\"']?(channel-[a-z0-9-]+)[\"']?\\s*$", Pattern.MULTILINE);

    private RouteIds() {}

    /** @param folder a Spring resource folder, as {@code camelbell.routes} names it */
    static Set<String> in(String folder) {
        try {
            Set<String> ids = new HashSet<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(folder + "/*.camel.yaml")) {
                Matcher id = ID.matcher(file.getContentAsString(StandardCharsets.UTF_8));
                while (id.find()) {
                    ids.add(id.group(1));
                }
            }
            return ids;
        } catch (IOException e) {
            return Set.of(); // no folder: the complaint about the missing policy.yaml says so
        }
    }
}
