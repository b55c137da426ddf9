package camelbell.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads a file's lines, a few at a time, and knows at the end what it came to. */
final class LineReader implements Closeable {

    private final Path path;
    private final DigestInputStream digest;
    private final BufferedReader lines;
    private long rows;

    LineReader(Path path) throws IOException {
        this.path = path;
        this.digest = new DigestInputStream(Files.newInputStream(path), Sha256.begin());
        this.lines = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(digest), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
    }

    /** So many lines at most; none at the end. */
    List<String> next(int most) throws IOException {
        List<String> next = new ArrayList<>();
        while (next.size() < most) {
            String line = lines.readLine();
            if (line == null) {
                break;
            }
            next.add(line);
        }
        rows += next.size();
        return next;
    }

    /** Goes over so many lines without keeping them; false where there was none. */
    boolean pass(int most) throws IOException {
        long before = rows;
        while (rows - before < most && lines.readLine() != null) {
            rows++;
        }
        return rows > before;
    }

    /** What it came to, with whatever stands behind the lines; when {@link #next} has answered none. */
    FileContent end() throws IOException {
        digest.transferTo(OutputStream.nullOutputStream());
        return new FileContent(rows, Files.size(path), Sha256.of(digest.getMessageDigest()));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
