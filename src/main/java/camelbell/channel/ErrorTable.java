package camelbell.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One channel's errors and what they mean. An entry is exact ({@code SMTP 550}) or a range ({@code HTTP 5xx}). */
final class ErrorTable {

    private static final Pattern NUMBERS = Pattern.compile("(\\D+ )(\\d+)-(\\d+)");

    private final Map<String, ErrorMeaning> exact = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();

    /** Adds an entry; false when it stands here already. */
    boolean add(String entry, ErrorMeaning meaning) {
        Predicate<String> range = range(entry);
        if (range == null) {
            return exact.putIfAbsent(entry, meaning) == null;
        }
        if (ranges.stream().anyMatch(known -> known.entry.equals(entry))) {
            return false;
        }
        ranges.add(new Range(entry, range, meaning));
        ranges.sort(Comparator.comparingInt(Range::width));
        return true;
    }

    /**
     * What an error means: exact entries go before ranges, and earlier evidence before later, and narrower ranges
     * before wider ones; else transient.
     */
    ErrorMeaning of(List<String> evidence) {
        for (String sign : evidence) {
            ErrorMeaning meaning = exact.get(sign);
            if (meaning != null) {
                return meaning;
            }
        }
        return evidence.stream()
                .flatMap(sign -> ranges.stream().filter(range -> range.holds.test(sign)))
                .map(Range::meaning)
                .findFirst()
                .orElse(ErrorMeaning.UNLISTED);
    }

    /** True when the error has an entry of its own, not only a range that it is in. */
    boolean names(String error) {
        return exact.containsKey(error);
    }

    private static @Nullable Predicate<String> range(String entry) {
        Matcher numbers = NUMBERS.matcher(entry);
        if (numbers.matches()) {
            return sign -> sign.startsWith(numbers.group(1))
                    && within(sign.substring(numbers.group(1).length()), numbers.group(2), numbers.group(3));
        }
        if (entry.indexOf('x') < 0) {
            return null;
        }
        String digits = entry.replace(".", "\\.").replace("xx", "\\d\\d").replace("x", "\\d{1,3}");
        return Pattern.compile(digits).asMatchPredicate();
    }

    private static boolean within(String code, String least, String most) {
        return code.matches("\\d{1,9}")
                && Integer.parseInt(code) >= Integer.parseInt(least)
                && Integer.parseInt(code) <= Integer.parseInt(most);
    }

    private record Range(String entry, Predicate<String> holds, ErrorMeaning meaning) {

        /** How many digits are left open; a range of numbers leaves none. */
        int width() {
            return (int) entry.chars().filter(character -> character == 'x').count();
        }
    }
}
