package camelbell.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of a YAML file with the comments above them, which YAML's own readers drop. A comment is of all keys up to the next. */
final class CommentedKeys {

    private static final Pattern KEY = Pattern.compile("( *)([a-zA-Z0-9._-]+|\"[^\"]+\"):(?: +(.*))?");
    private static final Pattern REMARK = Pattern.compile("\\s+#.*$");

    private final Map<String, List<Group>> sections = new LinkedHashMap<>();
    private final Map<String, String> intros = new LinkedHashMap<>();
    private final Deque<Parent> parents = new ArrayDeque<>();
    private final StringBuilder comment = new StringBuilder();

    /** Keys that one comment is about. */
    record Group(String comment, List<Setting> keys) {}

    /** A key with a value; the empty text where the file says so. */
    record Setting(String path, String value) {}

    private record Parent(int indent, String path) {}

    static CommentedKeys of(Path file) {
        CommentedKeys keys = new CommentedKeys();
        try {
            Files.readAllLines(file).forEach(keys::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return keys;
    }

    /** By the path of what they stand below. */
    Map<String, List<Group>> sections() {
        return sections;
    }

    /** The comment above the section's own line; empty when it has none. */
    String intro(String section) {
        return intros.getOrDefault(section, "");
    }

    private void read(String line) {
        String stripped = line.strip();
        if (stripped.isEmpty()) {
            comment.setLength(0);
            return;
        }
        if (stripped.startsWith("#")) {
            comment.append(comment.isEmpty() ? "" : "\n")
                    .append(stripped.substring(1).strip());
            return;
        }
        Matcher key = KEY.matcher(line);
        if (key.matches()) {
            key(key.group(1).length(), key.group(2), key.group(3));
        }
    }

    private void key(int indent, String name, String value) {
        while (!parents.isEmpty() && parents.getFirst().indent >= indent) {
            parents.pop();
        }
        String section = parents.isEmpty() ? "" : parents.getFirst().path;
        String path = section.isEmpty() ? name : section + "." + name;
        String said = comment.toString();
        comment.setLength(0);
        if (value == null) {
            parents.push(new Parent(indent, path));
            intros.put(path, said);
            return;
        }
        List<Group> groups = sections.computeIfAbsent(section, any -> new ArrayList<>());
        if (groups.isEmpty() || !said.isEmpty()) {
            groups.add(new Group(said, new ArrayList<>()));
        }
        groups.get(groups.size() - 1).keys().add(new Setting(path, plain(value)));
    }

    private static String plain(String value) {
        String shown = value.startsWith("\"") ? value : REMARK.matcher(value).replaceFirst("");
        return shown.replaceFirst("^\"(.*)\".*$", "$1");
    }
}
