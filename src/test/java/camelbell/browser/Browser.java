package camelbell.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real browser of this machine, started without a window on a profile of its own. Where none is installed its tests
 * are skipped with a loud line, unless {@code -Dbrowsers=required}, as {@code .ci/run} says: there a skip is a failure.
 */
public enum Browser {
    /** Driven through chromedriver, which speaks BiDi for it. */
    CHROMIUM,
    /** Speaks BiDi itself: Debian has no geckodriver. */
    FIREFOX;

    private static final List<String> DRIVERS = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");

    private List<String> places() {
        return switch (this) {
            case CHROMIUM -> List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
            case FIREFOX -> List.of("/usr/bin/firefox-esr", "/usr/bin/firefox");
        };
    }

    /** What starts it without a window and leaves nothing outside of the profile's folder. */
    List<String> options(Path profile) {
        return switch (this) {
            case CHROMIUM -> List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-sync",
                    "--user-data-dir=" + profile);
            case FIREFOX -> List.of("--headless", "--no-remote", "--profile", profile.toString());
        };
    }

    /** Skips the test, or fails it, where the browser is not. */
    public void assumePresent() {
        assumeFound(this + " (" + String.join(" or ", places()) + ")", executable());
    }

    /** The same, and for what drives it. */
    void assumeDriven() {
        assumePresent();
        if (this == CHROMIUM) {
            assumeFound("the driver of Chromium (" + String.join(" or ", DRIVERS) + ")", driver());
        }
    }

    private static void assumeFound(String what, String place) {
        if (place.isEmpty()) {
            System.out.printf(
                    "%n######## NOT RUN: a test in a browser, since %s is not on this machine ########%n", what);
        }
        if ("required".equals(System.getProperty("browsers"))) {
            assertThat(place).as("%s, because -Dbrowsers=required", what).isNotEmpty();
        }
        assumeTrue(!place.isEmpty(), what + " is not on this machine");
    }

    /** What opens this address and leaves nothing outside of the profile's folder. */
    public List<String> command(Path profile, String address) {
        return Stream.of(Stream.of(executable()), options(profile).stream(), Stream.of(address))
                .flatMap(part -> part)
                .toList();
    }

    String executable() {
        return first(places());
    }

    static String driver() {
        return first(DRIVERS);
    }

    private static String first(List<String> places) {
        return places.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElse("");
    }
}
