package camelbell.operations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs the hub's commands in this JVM for shells that believe to start another one: a start costs seconds, and pages have
 * dozens of commands. {@link #PRELUDE} takes the place of {@code java} there.
 */
final class TypedFromShells implements AutoCloseable {

    /** For {@code java @.embedded/camelbell …} and {@code java -jar … …} alike. */
    static final String PRELUDE =
            """
            java() {
              local code one
              case "$1" in
                @.embedded/camelbell) shift ;;
                -jar) shift 2 ;;
                *.java) command java "$@"; return ;;
                *) echo "java $*: not a command of the hub" >&2; return 70 ;;
              esac
              exec 9<>"/dev/tcp/127.0.0.1/$COMMANDS" || return 70
              echo "$#" >&9
              for one in "$@"; do
                if [ -e "$one" ]; then one="$PWD/$one"; fi # this JVM stands elsewhere
                echo "$one" >&9
              done
              read -r code <&9
              exec 9>&-
              cat "$PRINTED/out"
              cat "$PRINTED/err" >&2
              return "$code"
            }
            """;

    private final ServerSocket listener;
    private final Path printed;

    TypedFromShells(Path printed) throws IOException {
        this.printed = printed;
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "typed-from-shells");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket shell = listener.accept()) {
                answer(shell);
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void answer(Socket shell) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
        String[] words = new String[Integer.parseInt(in.readLine())];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readLine();
        }
        Typed typed = Typed.in(words);
        Files.writeString(printed.resolve("out"), typed.out());
        Files.writeString(printed.resolve("err"), typed.err());
        shell.getOutputStream().write((typed.exitCode() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
