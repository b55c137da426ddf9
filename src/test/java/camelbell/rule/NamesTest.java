package camelbell.rule;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads a name in a log, a route or a stack knows which class it is, and finds the word elsewhere, too. */
class NamesTest {

    /** Pictures, each with what the field says: a reader can look that up, and nobody has to learn the picture. */
    private static final Map<String, String> PICTURES = Map.ofEntries(
            Map.entry("door", "endpoint, listener or admission"),
            Map.entry("desk", "operations or issuer"),
            Map.entry("book", "recorder or log"),
            Map.entry("room", "capacity, permit or what is left"),
            Map.entry("lane", "worker"),
            Map.entry("stretch", "range, page or interval"),
            Map.entry("missed", "what it is that is not there"),
            Map.entry("story", "history"),
            Map.entry("letter", "dead letter (EIP: Dead Letter Channel) or content of a mail"),
            Map.entry("verdict", "outcome or status"),
            Map.entry("pump", "dispatcher"));

    /** Configuration keys of these names are promised, and their records are bound by them; the last is Java's own. */
    private static final Set<String> ELSEWHERE = Set.of("largestLetter", "lanes", "isLetter");

    private static final Pattern NO_CODE = Pattern.compile(
            "(?s)/\\*.*?\\*/|\"\"\".*?\"\"\"|//[^\n]*|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
    private static final Pattern ROUTE_NAME = Pattern.compile("(?m)^[ -]*(?:id|ref|name|method): *\"?([A-Za-z0-9-]+)");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[_-]");

    /** A private class is seen within its file alone, where only the name of a file could be taken for it. */
    @Test
    void no_two_classes_of_the_hub_have_one_simple_name() throws IOException {
        List<Class<?>> named = files("target/classes/camelbell", ".class").stream()
                .filter(file -> !file.endsWith("package-info.class"))
                .<Class<?>>map(NamesTest::loaded)
                .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
                .toList();
        Set<String> files = named.stream()
                .filter(type -> type.getEnclosingClass() == null)
                .map(Class::getSimpleName)
                .collect(toSet());

        Map<String, List<String>> twice = named.stream()
                .filter(type -> files.contains(type.getSimpleName()) || !Modifier.isPrivate(type.getModifiers()))
                .collect(groupingBy(Class::getSimpleName, mapping(Class::getName, toList())));
        twice.values().removeIf(classes -> classes.size() == 1);

        assertThat(files).hasSizeGreaterThan(300);
        assertThat(twice).isEmpty();
    }

    @Test
    void no_identifier_is_a_picture_where_the_field_has_a_word() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files("src/main/java", ".java")) {
            IDENTIFIER
                    .matcher(NO_CODE.matcher(Files.readString(file)).replaceAll(" "))
                    .results()
                    .map(MatchResult::group)
                    .filter(identifier -> !ELSEWHERE.contains(identifier))
                    .forEach(identifier -> complain(file, identifier, found));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void no_route_step_or_bean_is_named_by_a_picture_where_the_field_has_a_word() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : files("routes", ".camel.yaml")) {
            ROUTE_NAME.matcher(Files.readString(file)).results().forEach(name -> complain(file, name.group(1), found));
        }
        assertThat(found).isEmpty();
    }

    /** Not initialized, since only its name is asked for. */
    private static Class<?> loaded(Path file) {
        String name = Path.of("target/classes").relativize(file).toString().replace('/', '.');
        try {
            return Class.forName(name.replaceFirst("[.]class$", ""), false, NamesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void complain(Path file, String name, Set<String> found) {
        String before = "";
        for (String part : BETWEEN_WORDS.split(name, -1)) {
            String word = part.toLowerCase(Locale.ROOT);
            String one = PICTURES.containsKey(word) ? word : word.replaceFirst("(?:(?<=ch|sh)e)?s$", "");
            if (PICTURES.containsKey(one) && !(one.equals("letter") && before.equals("dead"))) {
                found.add(file + ": " + name + ", which the field calls " + PICTURES.get(one));
            }
            before = word;
        }
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}
