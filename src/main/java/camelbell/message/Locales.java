package camelbell.message;

import camelbell.model.StartRefused;
import java.util.Collection;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value per locale, and which of them fits a person best (RFC 4647 lookup: de-AT, then de, then the default). */
final class Locales<T> {

    private final Map<Locale, T> values;
    private final T fallback;

    /** Errors: there must be a value for the default locale. */
    Locales(Map<Locale, T> values, Locale defaultLocale) {
        this.values = Map.copyOf(values);
        T fallback = values.get(defaultLocale);
        if (fallback == null) {
            throw new StartRefused("there are words for " + values.keySet() + ", but not for "
                    + defaultLocale.toLanguageTag() + " (camelbell.locale)");
        }
        this.fallback = fallback;
    }

    /** The locale of a file's tag. Empty for no BCP 47 tag, such as pt_BR: Java would take it for a locale nobody has. */
    static Optional<Locale> of(String tag) {
        try {
            return Optional.of(new Locale.Builder().setLanguageTag(tag).build());
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with a tag that {@link #of} does not know. */
    static String complaint(String tag) {
        return "\"" + tag + "\" is no locale by BCP 47, so nobody would ever get it; write it as "
                + tag.replace('_', '-') + " or en or de-AT";
    }

    Collection<T> all() {
        return values.values();
    }

    /** For a tag from the directory, which may be anything. */
    T best(@Nullable String tag) {
        if (tag == null || tag.isBlank()) {
            return fallback;
        }
        String range = Locale.forLanguageTag(tag.replace('_', '-')).toLanguageTag();
        Locale found = Locale.lookup(List.of(new Locale.LanguageRange(range)), values.keySet());
        return found == null ? fallback : values.getOrDefault(found, fallback);
    }
}
