package camelbell.operations;

import java.io.IOException;
import java.io.OutputStream;

/** Writes twice. */
final class TeeOutputStream extends OutputStream {

    private final OutputStream first;
    private final OutputStream second;

    TeeOutputStream(OutputStream first, OutputStream second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void write(int one) throws IOException {
        first.write(one);
        second.write(one);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        first.write(bytes, from, length);
        second.write(bytes, from, length);
    }
}
