package camelbell.kafka;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must not be read in a log though an exception may quote it: passwords, keys, and what a JAAS line holds. */
record Secrets(List<String> values) {

    private static final int SHORTEST = 4;
    private static final Pattern OPTION = Pattern.compile("(\\w+)\\s*=\\s*(?:\"((?:\\\\.|[^\"])*)\"|([^\\s;\"]+))");
    private static final Pattern SECRET = Pattern.compile("password|secret|token$|keystore\\.key$|jaas");

    static Secrets of(Collection<Map<String, Object>> settings) {
        Set<String> found =
                new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(s -> s));
        for (Map<String, Object> one : settings) {
            one.forEach((key, value) -> {
                if (value instanceof String text
                        && SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()) {
                    found.add(text);
                    Matcher options = OPTION.matcher(text);
                    while (key.contains("jaas") && options.find()) {
                        if (SECRET.matcher(options.group(1).toLowerCase(Locale.ROOT))
                                .find()) {
                            found.add(options.group(2) == null ? options.group(3) : options.group(2));
                        }
                    }
                }
            });
        }
        return new Secrets(
                found.stream().filter(text -> text.length() >= SHORTEST).toList());
    }

    String hidden(String text) {
        String clean = text;
        for (String value : values) {
            clean = clean.replace(value, "…");
        }
        return clean;
    }

    @Override
    public String toString() {
        return "Secrets";
    }
}
