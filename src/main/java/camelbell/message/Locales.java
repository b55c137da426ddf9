package camelbell.message;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            throw new IllegalArgumentException("there are words for " + values.keySet() + ", but not for "
                    + defaultLocale.toLanguageTag() + " (camelbell.locale)");
        }
        this.fallback = fallback;
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
