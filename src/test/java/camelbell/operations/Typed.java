package camelbell.operations;

import camelbell.identity.TokenMinter;
import camelbell.receipt.OutboxRows;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What came of a command line: exit code, stdout, stderr. */
record Typed(int exitCode, String out, String err) {

    static final Commands COMMANDS = new Commands(TokenMinter::mint, OutboxRows::put);

    static synchronized Typed in(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            int exitCode = COMMANDS.execute(args);
            return new Typed(
                    exitCode, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
