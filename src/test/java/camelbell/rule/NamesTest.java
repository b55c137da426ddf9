package camelbell.rule;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever reads a name in a log, a route or a stack knows which class it is. */
class NamesTest {

    /** A private class is seen within its file alone, where only the name of a file could be taken for it. */
    @Test
    void no_two_classes_of_the_hub_have_one_simple_name() {
        List<JavaClass> named = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("camelbell").stream()
                        .filter(type -> !type.isAnonymousClass()
                                && !type.isLocalClass()
                                && !type.getSimpleName().equals("package-info"))
                        .toList();
        Set<String> files = named.stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .collect(toSet());

        Map<String, List<String>> twice = named.stream()
                .filter(type -> files.contains(type.getSimpleName())
                        || !type.getModifiers().contains(JavaModifier.PRIVATE))
                .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
        twice.values().removeIf(classes -> classes.size() == 1);

        assertThat(files).hasSizeGreaterThan(300);
        assertThat(twice).isEmpty();
    }
}
