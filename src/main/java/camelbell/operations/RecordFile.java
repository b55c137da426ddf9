package camelbell.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A file of JSON objects, one a line, plain or compressed with gzip (told by its first bytes, not by its name). */
final class RecordFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path path;
    private final RecordKey key;

    RecordFile(Path path, RecordKey key) {
        this.path = path;
        this.key = key;
    }

    /** Reads the whole file once and counts its records. Errors: the first line that cannot be published. */
    long check() {
        long[] count = {0};
        forEach(entry -> count[0]++);
        return count[0];
    }

    /** Hands over each record in order; empty lines are none. Errors: unreadable file or line, named. */
    void forEach(Consumer<FileRecord> consumer) {
        forEachLine(
                path, (number, line) -> consumer.accept(new FileRecord(keyOf(line, number), line, key.contentType())));
    }

    /** What stands in one line, and its number from 1. */
    interface Line {

        void read(long number, byte[] value);
    }

    /** Hands over each line in order, whatever it holds; empty lines are none. Errors: a file that cannot be read. */
    static void forEachLine(Path path, Line reader) {
        try (InputStream in = open(path)) {
            byte[] line = nextLine(in);
            for (long number = 1; line != null; number++) {
                if (line.length > 0) {
                    reader.read(number, line);
                }
                line = nextLine(in);
            }
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("There is no file " + path + ".", e);
        } catch (IOException e) {
            throw new CommandFailedException("The file " + path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private String keyOf(byte[] line, long number) {
        try {
            JsonNode object = JSON.readTree(line);
            if (!object.isObject()) {
                throw bad(number, "it is not a JSON object");
            }
            return key.of(object).orElseThrow(() -> bad(number, "it has no " + key.fields()));
        } catch (JsonProcessingException e) {
            throw bad(number, "it is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw bad(number, "it is not valid UTF-8");
        }
    }

    private CommandFailedException bad(long number, String what) {
        return new CommandFailedException(
                path + ", line " + number + ": " + what + ". Nothing was sent; correct the line and start again.");
    }

    private static InputStream open(Path path) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        file.mark(2);
        boolean compressed = file.read() == GZIP_FIRST && file.read() == GZIP_SECOND;
        file.reset();
        return compressed ? new BufferedInputStream(new GZIPInputStream(file, 1 << 16), 1 << 16) : file;
    }

    private static byte @Nullable [] nextLine(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        byte[] bytes = line.toByteArray();
        boolean endsInReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return endsInReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /** One line, as it stands in the file, with the key that keeps its order. */
    record FileRecord(String key, byte[] value, String contentType) {}
}
