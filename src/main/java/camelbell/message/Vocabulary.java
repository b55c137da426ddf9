package camelbell.message;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Finding;
import camelbell.configuration.Finding.Severity;
import camelbell.configuration.Findings;
import camelbell.model.Policy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** All words files of one version. */
class Vocabulary {

    private final Locales<Words> words;

    Vocabulary(Locales<Words> words) {
        this.words = words;
    }

    Vocabulary(MessageProperties properties, Policy policy, ResourcePatternResolver resources) {
        Findings findings = new Findings();
        Map<Locale, Words> read = read(properties.routes(), properties.locale(), policy, resources, findings);
        findings.mustHaveNoErrors();
        this.words = new Locales<>(read, properties.locale());
    }

    /** What of the files can be read; the findings get what is wrong in them, and whether one is missing. */
    static Map<Locale, Words> read(
            String routes, Locale fallback, Policy policy, ResourcePatternResolver resources, Findings findings) {
        String folder = routes + "/templates/words";
        Map<Locale, WordsFile> files = new HashMap<>();
        boolean defaultRead = false;
        for (Resource resource : files(folder, resources)) {
            String tag = Objects.requireNonNull(resource.getFilename()).replace(".yaml", "");
            Optional<Locale> locale = Locales.of(tag);
            if (locale.isEmpty()) {
                findings.add(new Finding(CheckedYaml.name(resource), 0, 0, Severity.ERROR, Locales.complaint(tag)));
                continue;
            }
            defaultRead |= locale.get().equals(fallback);
            WordsFile file = WordsFile.read(tag, resource, policy, findings);
            if (file != null) {
                files.put(locale.get(), file);
            }
        }
        if (!defaultRead) {
            findings.add(new Finding(
                    folder,
                    0,
                    0,
                    Severity.ERROR,
                    "no " + fallback.toLanguageTag() + ".yaml, and " + fallback.toLanguageTag()
                            + " is the default language (camelbell.locale)"));
        }
        Set<String> known = files.values().stream()
                .flatMap(file -> file.words().events().keySet().stream())
                .collect(Collectors.toSet());
        files.values().forEach(file -> file.mustCover(policy, known));
        Map<Locale, Words> words = new HashMap<>();
        files.forEach((locale, file) -> words.put(locale, file.words()));
        return words;
    }

    /** The words that fit a person's locale best. */
    Words in(@Nullable String locale) {
        return words.best(locale);
    }

    Iterable<Words> all() {
        return words.all();
    }

    private static Resource[] files(String folder, ResourcePatternResolver resources) {
        try {
            return resources.getResources(folder + "/*.yaml");
        } catch (IOException e) {
            return new Resource[0]; // that the default language is missing says so
        }
    }
}
