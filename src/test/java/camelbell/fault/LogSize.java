package camelbell.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** How much a hub has said. */
record LogSize(long lines, long bytes) {

    static LogSize of(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return new LogSize(lines.count(), Files.size(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LogSize since(LogSize before) {
        return new LogSize(lines - before.lines, bytes - before.bytes);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d / %.1f MB", lines, bytes / 1e6);
    }
}
