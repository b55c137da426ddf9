package camelbell.dev;

import java.util.Locale;
import java.util.function.Supplier;

/** Says what the start is doing, as it does it; what the libraries say goes into the log. */
final class Screen {

    private Screen() {}

    static void say(String sentence) {
        System.out.println(sentence);
    }

    /** One line when it begins, one when it is done. */
    static <T> T doing(String what, Supplier<T> work) {
        long began = System.nanoTime();
        say("  " + what + " ...");
        T result = work.get();
        say("  " + what.replaceFirst(",.*", "") + " is up, "
                + String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - began) / 1e9));
        return result;
    }
}
