package camelbell.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The routes with waits that a test can wait for; what else is to differ is replaced in retries.yaml. */
record QuickRoutes(Path folder) {

    /** Copies them there. Each replacement must find something to replace. */
    static QuickRoutes in(Path folder, String... replacements) throws IOException {
        Path routes = Path.of("routes");
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(routes.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        QuickRoutes quick = new QuickRoutes(folder);
        quick.replace("schedule: [10s, 1m,", "schedule: [1s, 1s,");
        quick.replace("unknown: { resends: 1, after: 2m }", "unknown: { resends: 1, after: 1s }");
        quick.replace("open-for: 30s, stopped-for: 1m", "open-for: 1s, stopped-for: 1s");
        for (int i = 0; i < replacements.length; i += 2) {
            quick.replace(replacements[i], replacements[i + 1]);
        }
        return quick;
    }

    /** As a setting of the hub. */
    String setting() {
        return "camelbell.routes=file:" + folder;
    }

    private void replace(String found, String instead) throws IOException {
        Path retries = folder.resolve("retries.yaml");
        String text = Files.readString(retries);
        if (!text.contains(found)) {
            throw new IllegalStateException("retries.yaml has no " + found);
        }
        Files.writeString(retries, text.replace(found, instead));
    }
}
