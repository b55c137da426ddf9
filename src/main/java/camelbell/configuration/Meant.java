package camelbell.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which of the words that there are was meant by one that is not. */
public final class Meant {

    /** What is further away was hardly a slip of the finger. */
    private static final int FARTHEST = 3;

    private Meant() {}

    /** {@code "; did you mean priority?"}, or nothing where no word is near. */
    public static String by(String wrong, Collection<String> words) {
        return closest(wrong, words).map(word -> "; did you mean " + word + "?").orElse("");
    }

    /** Whether one letter more, less or other makes one word of the other. */
    public static boolean isOneEditAway(String one, String other) {
        return distance(one, other) == 1;
    }

    /** Whether it is a word that was typed wrong, or not to its end, and hardly another one that is like it. */
    public static boolean isSlip(String wrong, String word) {
        return isOneEditAway(wrong, word) || (word.startsWith(wrong) && distance(wrong, word) <= FARTHEST);
    }

    static Optional<String> closest(String wrong, Collection<String> words) {
        int farthest = Math.min(FARTHEST, wrong.length() / 2);
        return words.stream()
                .filter(word -> distance(wrong, word) <= farthest)
                .min(Comparator.comparingInt((String word) -> distance(wrong, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Letters to add, drop or change (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
