package camelbell.operations;

import camelbell.check.Check;
import camelbell.identity.TokenMinter;
import camelbell.runtime.SimpleOperators;
import camelbell.status.OutboxRows;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What came of a command line: exit code, stdout, stderr. */
record Typed(int exitCode, String out, String err) {

    static final Commands COMMANDS =
            new Commands(TokenMinter::mint, OutboxRows::put, () -> new Check()::of, SimpleOperators::standalone);

    static Typed in(String... args) {
        return into(OutputStream.nullOutputStream(), args);
    }

    /** With what is printed going there too. */
    static synchronized Typed into(OutputStream reader, String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        OwnPrints ownOut = new OwnPrints(out);
        OwnPrints ownErr = new OwnPrints(err);
        System.setOut(new PrintStream(new TeeOutputStream(ownOut, reader), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(ownErr, true, StandardCharsets.UTF_8));
        try {
            int exitCode = COMMANDS.execute(args);
            return new Typed(exitCode, ownOut.text(), ownErr.text());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
