package camelbell.runtime.reload;

import camelbell.model.StartRefused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;

/** Why Camel cannot run what a file says, in one sentence. */
final class RouteRefusal {

    private static final int LONGEST = 400;

    /** As Camel's property component says it, which has no exception of its own for it. */
    private static final Pattern MISSING = Pattern.compile("Property with key \\[([A-Za-z0-9._-]+)] not found");

    private RouteRefusal() {}

    static String sentence(Throwable failure) {
        Throwable root = failure;
        for (Throwable link = failure; link != null; link = link.getCause() == link ? null : link.getCause()) {
            if (link instanceof PropertyBindingException wrong) {
                // its value is not shown, since it may be a secret
                return "it has no property " + wrong.getPropertyName() + ", or cannot take its value.";
            }
            Matcher missing = MISSING.matcher(String.valueOf(link.getMessage()));
            if (missing.find()) {
                return String.valueOf(StartRefused.missing(missing.group(1)).getMessage());
            }
            root = link;
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String text = String.join(" ", message.lines().map(String::strip).toList());
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
