package camelbell.archive;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;

/** Writes lines as one frame of zstd (RFC 8878) with its checksum, and sees to it that they are on the disk. */
final class LineWriter implements Closeable {

    private final Path path;
    private final OutputStream file;
    private final DigestOutputStream digest;
    private final OutputStream lines;
    private long rows;

    /** Begins the file anew where there is one. */
    LineWriter(Path path) throws IOException {
        this.path = path;
        this.file = Files.newOutputStream(path);
        this.digest = new DigestOutputStream(file, Sha256.begin());
        ZstdOutputStream compressed = new ZstdOutputStream(digest);
        compressed.setChecksum(true);
        this.lines = new BufferedOutputStream(compressed, 1 << 16);
    }

    void line(String line) throws IOException {
        lines.write(line.getBytes(StandardCharsets.UTF_8));
        lines.write('\n');
        rows++;
    }

    /** Ends the file; it and its name are on the disk when this returns. */
    FileContent finish() throws IOException {
        try (file) {
            lines.close();
        }
        Durable.force(path);
        Durable.force(Durable.parent(path));
        return new FileContent(rows, Files.size(path), Sha256.of(digest.getMessageDigest()));
    }

    /** Ends without writing anything more: what stands there is not whole, and may be somebody else's by now. */
    @Override
    public void close() throws IOException {
        file.close();
        try {
            lines.close();
        } catch (IOException closed) {
            // what it still held has nowhere to go
        }
    }
}
