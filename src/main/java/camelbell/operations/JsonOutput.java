package camelbell.operations;

import camelbell.rest.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** {@code --json}: the same in every command that lists or reports. The page "Commands" of the reference names the fields. */
final class JsonOutput {

    @Option(names = "--json", description = "Prints JSON, one object a line, instead of text.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }

    /** Prints one line: the object, written as REST writes it, or else the text. */
    void println(PrintWriter out, Object object, String text) {
        out.println(wanted ? new String(Json.bytes(object), StandardCharsets.UTF_8) : text);
    }
}
