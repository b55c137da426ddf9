package camelbell.runtime.start;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.spring.boot.CamelSpringBootInitializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in a sentence which route file, and which route or line, Camel cannot run; without it the start ends in a page of stack.
 * Asked last: whoever knows more says it. Named in spring.factories.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
class RouteFailureAnalyzer extends AbstractFailureAnalyzer<CamelSpringBootInitializationException> {

    private static final int LONGEST = 400;

    /** As Camel's messages name them; it has no fields for them. */
    private static final Pattern FILE = Pattern.compile(
            "(?:source|resource|file)[: ]+([^ ()]*\\.camel\\.yaml(?::\\d+)?)", Pattern.CASE_INSENSITIVE);

    private static final Pattern ROUTE = Pattern.compile("route:? ([a-z0-9-]+)");
    private static final Pattern LINE = Pattern.compile("line (\\d+), column (\\d+)");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CamelSpringBootInitializationException cause) {
        return new FailureAnalysis(sentence(cause), null, cause);
    }

    static String sentence(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable link = failure; link != null && !chain.contains(link); link = link.getCause()) {
            chain.add(link);
        }
        String file = first(FILE, chain, 1);
        String route = first(ROUTE, chain, 1);
        String line = first(LINE, chain, 1);
        return "The routes cannot be run"
                + (file == null ? "" : ": " + file)
                + (line == null ? "" : ", line " + line)
                + (route == null ? "" : ", route " + route)
                + ": " + reason(chain.get(chain.size() - 1));
    }

    private static String reason(Throwable root) {
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String text = String.join(" ", message.lines().map(String::strip).toList());
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.endsWith(".") ? cut : cut + ".";
    }

    private static @Nullable String first(Pattern pattern, List<Throwable> chain, int group) {
        for (Throwable link : chain) {
            Matcher found = pattern.matcher(String.valueOf(link.getMessage()));
            if (found.find()) {
                return found.group(group);
            }
        }
        return null;
    }
}
