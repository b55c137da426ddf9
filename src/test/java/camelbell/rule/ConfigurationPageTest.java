package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.rule.CommentedKeys.Group;
import camelbell.rule.CommentedKeys.Setting;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The page of the configuration is application.yaml's own comments, and these leave no key out. */
class ConfigurationPageTest {

    private final CommentedKeys keys = CommentedKeys.of(Path.of("src/main/resources/application.yaml"));

    @Test
    void the_page_is_what_the_file_says() throws IOException {
        StringBuilder page = new StringBuilder();
        keys.sections().forEach((section, groups) -> {
            if (section.equals("camelbell") || section.startsWith("camelbell.")) {
                page.append("## ").append(section).append("\n\n");
                String intro = keys.intro(section);
                page.append(intro.isEmpty() ? "" : escaped(intro) + "\n\n");
                groups.forEach(group -> page.append(text(group)).append('\n'));
            }
        });
        new GeneratedPage("configuration.md").holds(ConfigurationPageTest.class, page.toString());
    }

    private static String text(Group group) {
        return group.keys().stream().map(ConfigurationPageTest::line).collect(Collectors.joining())
                + "\n"
                + escaped(group.comment())
                + "\n";
    }

    private static String line(Setting key) {
        return "* **`%s`** · %s · `%s`\n".formatted(key.path(), value(key.value()), variable(key.path()));
    }

    private static String value(String value) {
        return value.isEmpty() ? "empty" : "`" + value + "`";
    }

    private static String escaped(String comment) {
        return comment.replace("<", "\\<").replace("*", "\\*");
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    @Test
    void every_key_has_a_comment_of_its_own_or_of_its_group() {
        List<String> without = keys.sections().entrySet().stream()
                .filter(section -> section.getKey().startsWith("camelbell"))
                .flatMap(section -> section.getValue().stream()
                        .filter(group -> group.comment().isEmpty()
                                && keys.intro(section.getKey()).isEmpty()))
                .flatMap(group -> group.keys().stream())
                .map(Setting::path)
                .toList();

        assertThat(without).isEmpty();
    }

    /** What code binds and the file leaves out would have no default and no meaning. */
    @Test
    void every_property_that_code_reads_stands_in_the_file() throws Exception {
        Set<String> read = new TreeSet<>();
        ClassPathScanningCandidateComponentProvider all = new ClassPathScanningCandidateComponentProvider(false);
        all.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var found : all.findCandidateComponents("camelbell")) {
            Class<?> type = Class.forName(String.valueOf(found.getBeanClassName()));
            ConfigurationProperties properties = type.getAnnotation(ConfigurationProperties.class);
            if (type.isRecord() && properties != null) {
                read.addAll(names(properties.value() + properties.prefix(), type));
            }
        }
        Set<String> there = keys.sections().values().stream()
                .flatMap(List::stream)
                .flatMap(group -> group.keys().stream())
                .map(Setting::path)
                .collect(Collectors.toSet());
        assertThat(read).hasSizeGreaterThan(100).allSatisfy(name -> assertThat(there)
                .contains(name));
    }

    private static List<String> names(String prefix, Class<?> record) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = prefix + "."
                    + component
                            .getName()
                            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                            .toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                names.addAll(names(name, component.getType()));
            } else if (!Map.class.isAssignableFrom(component.getType())) {
                names.add(name);
            }
        }
        return names;
    }
}
