package camelbell.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The shipped routes with retries that come within seconds, so that a test sees the end of what a fault began. */
final class ShortRetries {

    private ShortRetries() {}

    static void write(Path shipped, Path copy) throws IOException {
        FileSystemUtils.copyRecursively(shipped, copy);
        Path retries = copy.resolve("retries.yaml");
        String text = Files.readString(retries);
        String quick = text.replaceAll("(?m)^( +schedule:).*", "$1 [1s, 1s, 1s, 2s, 2s, 3s, 3s, 3s, 3s, 3s, 3s, 3s]")
                .replaceAll("(?m)^( +unknown: \\{ resends: 1, after:).*", "$1 2s }")
                .replaceAll("every: \\w+", "every: 1s")
                // a fault lasts longer than three of these waits
                .replaceAll("attempts: \\d+", "attempts: 12")
                .replaceAll("open-for: \\w+", "open-for: 2s")
                .replaceAll("stopped-for: \\w+", "stopped-for: 2s");
        if (quick.equals(text)) {
            throw new IllegalStateException("retries.yaml is written in another way by now; change this class");
        }
        Files.writeString(retries, quick);
    }
}
