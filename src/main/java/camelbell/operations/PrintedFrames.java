package camelbell.operations;

import java.io.PrintWriter;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The text frames of one WebSocket, for the thread that prints them; the JDK answers pings by itself. */
final class PrintedFrames implements WebSocket.Listener {

    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final StringBuilder frame = new StringBuilder();

    private record Line(String text, boolean last) {}

    /** Prints at most so many. Answer: why the connection has ended, in a sentence; empty when enough was printed. */
    String print(PrintWriter out, int most) throws InterruptedException {
        for (int printed = 0; printed < most && !Output.broken(out); printed++) {
            Line line = lines.take();
            if (line.last) {
                return line.text;
            }
            out.println(line.text);
        }
        return "";
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            lines.add(new Line(frame.toString(), false));
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        lines.add(new Line(
                "The hub closed the WebSocket with " + code + (reason.isEmpty() ? "" : ", " + reason)
                        + "; the reference's page of errors says what that means.",
                true));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        lines.add(new Line("The connection broke off: " + CommandFailedException.reason(error) + ".", true));
    }
}
