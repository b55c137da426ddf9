package camelbell.message;

import camelbell.model.Policy;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/** All words files, read once at start-up. */
@Component("vocabulary")
class Vocabulary {

    private final Locales<Words> words;

    Vocabulary(MessageProperties properties, Policy policy, ResourcePatternResolver resources) {
        Map<Locale, WordsFile> files = new HashMap<>();
        for (Resource file : files(properties.routes() + "/templates/words", resources)) {
            String tag = Objects.requireNonNull(file.getFilename()).replace(".yaml", "");
            Locale locale = Locales.of(tag)
                    .orElseThrow(
                            () -> new InvalidTemplateException(file.getDescription(), 0, Locales.complaint(tag), null));
            files.put(locale, WordsFile.read(tag, file, policy));
        }
        Set<String> known = files.values().stream()
                .flatMap(file -> file.words().events().keySet().stream())
                .collect(Collectors.toSet());
        files.values().forEach(file -> file.mustCover(policy, known));
        Map<Locale, Words> words = new HashMap<>();
        files.forEach((locale, file) -> words.put(locale, file.words()));
        this.words = new Locales<>(words, properties.locale());
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
            throw new InvalidTemplateException(folder, 0, "cannot be read; check camelbell.routes", e);
        }
    }
}
