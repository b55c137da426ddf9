package camelbell.archive;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a month's folder has, for whoever has the folder and not the database: {@code manifest.json}.
 *
 * @param format {@code camelbell-archive/1}; another number when a reader of this one would be wrong
 * @param hub whose rows these are: the id of the hub's database
 * @param month such as {@code 2026-01}, in UTC
 */
record Manifest(String format, String hub, String month, List<Entry> files) {

    static final String NAME = "manifest.json";
    static final String FORMAT = "camelbell-archive/1";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One file.
     *
     * @param rows lines of the file
     * @param bytes as it lies there
     * @param sha256 of these bytes, in hexadecimal
     */
    record Entry(String file, String kind, int part, long rows, long bytes, String sha256) {

        static Entry of(ArchivedFile file) {
            return new Entry(
                    Path.of(file.file()).getFileName().toString(),
                    file.kind().code(),
                    file.part(),
                    file.rows(),
                    file.bytes(),
                    file.sha256());
        }
    }

    /** Null where there is none. Errors: IOException also for one that is no manifest. */
    static @Nullable Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        return Files.exists(file) ? JSON.readValue(file.toFile(), Manifest.class) : null;
    }

    void write(Path folder) throws IOException {
        Path begun = folder.resolve(NAME + ".tmp");
        try {
            Files.write(begun, JSON.writeValueAsBytes(this));
            Durable.force(begun);
            Durable.rename(begun, folder.resolve(NAME));
        } finally {
            Files.deleteIfExists(begun);
        }
    }
}
