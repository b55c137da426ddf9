package camelbell.operations;

import camelbell.rest.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A page that shows what an event would come to, e-mails as they look. It is one file that loads nothing and runs nothing: a
 * Content-Security-Policy forbids scripts, every value is escaped, and each mail stands in a sandbox.
 */
final class SimulationPage {

    private static final String TEMPLATE = "simulation/page.html";
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private SimulationPage() {}

    /** In a temporary file that nobody else may read. Errors: CommandFailedException when it cannot be written. */
    static Path write(SimulatedEvent event) {
        try {
            Path page = Files.createTempFile("camelbell-simulate-", ".html", ownersOnly());
            try (Writer writer = Files.newBufferedWriter(page, StandardCharsets.UTF_8)) {
                write(event, writer);
            }
            return page;
        } catch (IOException e) {
            throw new CommandFailedException(
                    "The page cannot be written into " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
                            + ".",
                    e);
        }
    }

    /** The fields are those of the JSON: what the page shows under a name is what a script reads under it. */
    static void write(SimulatedEvent event, Writer writer) throws IOException {
        template().evaluate(writer, new JsonMapper().readValue(Json.bytes(event), FIELDS));
    }

    private static PebbleTemplate template() {
        return new PebbleEngine.Builder()
                .loader(new ClasspathLoader(SimulationPage.class.getClassLoader()))
                .newLineTrimming(false)
                .autoEscaping(true)
                .build()
                .getTemplate(TEMPLATE);
    }

    private static FileAttribute<?>[] ownersOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
