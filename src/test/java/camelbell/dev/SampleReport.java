package camelbell.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A report of a mail server, written after those that are seen, and what it means.
 *
 * @param file in src/test/resources/reports
 * @param bounce kind and reason; empty where it says nothing of a mail of ours
 * @param nobodyThere true when the next mail is not sent
 */
public record SampleReport(String file, String bounce, boolean nobodyThere) {

    private static final String FOLDER = "/reports/";

    /** All that reports.csv lists. */
    public static List<SampleReport> all() {
        return read("reports.csv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> new SampleReport(
                        cells[0].strip(), cells[1].strip(), cells[2].strip().equals("nobody there")))
                .toList();
    }

    /** The whole report, on this mail to this address. */
    public String about(String messageId, String address) {
        return read(file)
                .replace("<notification-NNN@hub.example.test>", messageId)
                .replace("ann@example.test", address)
                .replace(
                        "\\x{61}nn@example.test",
                        "\\x{" + Integer.toHexString(address.charAt(0)) + "}" + address.substring(1))
                .replace("\n", "\r\n");
    }

    @Override
    public String toString() {
        return file;
    }

    private static String read(String name) {
        try (InputStream file = SampleReport.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("There is no " + FOLDER + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
