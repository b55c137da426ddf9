package camelbell.operations;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps what the thread prints that made it; what other tests' hubs log meanwhile goes where it always goes. */
final class OwnPrints extends OutputStream {

    private final Thread owner = Thread.currentThread();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final PrintStream others;

    OwnPrints(PrintStream others) {
        this.others = others;
    }

    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (Thread.currentThread() == owner) {
            kept.write(bytes, from, length);
        } else {
            others.write(bytes, from, length);
        }
    }
}
