package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real browser of this machine, started without a window on a profile of its own. Where none is installed its tests
 * are skipped, unless {@code -Dbrowsers=required}, as {@code .ci/run} says: there a skip is a failure.
 */
enum Browser {
    CHROMIUM,
    FIREFOX;

    private List<String> places() {
        return switch (this) {
            case CHROMIUM -> List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
            case FIREFOX -> List.of("/usr/bin/firefox-esr", "/usr/bin/firefox");
        };
    }

    private List<String> options(Path profile) {
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

    void assumePresent() {
        if ("required".equals(System.getProperty("browsers"))) {
            assertThat(executable())
                    .as("one of %s, because -Dbrowsers=required", places())
                    .isNotEmpty();
        }
        assumeTrue(!executable().isEmpty(), this + " is not on this machine");
    }

    /** What opens this address and leaves nothing outside of the profile's folder. */
    List<String> command(Path profile, String address) {
        return Stream.of(Stream.of(executable()), options(profile).stream(), Stream.of(address))
                .flatMap(part -> part)
                .toList();
    }

    private String executable() {
        return places().stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElse("");
    }
}
