package camelbell.operations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that holds one event, on one line or many. */
final class EventFile {

    /** In bytes; far more than an event may have, so that it is the decoder which refuses one that is too large. */
    private static final int MOST = 16 * 1024 * 1024;

    private EventFile() {}

    /** Errors: CommandFailedException for a file that cannot be read. */
    static byte[] read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] value = in.readNBytes(MOST + 1);
            if (value.length > MOST) {
                throw new CommandFailedException(
                        "The file " + path + " has more than " + MOST + " bytes: for many events write --events.");
            }
            return value;
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("There is no file " + path + ".", e);
        } catch (IOException e) {
            throw new CommandFailedException("The file " + path + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
