package camelbell.runtime.page;

import camelbell.runtime.http.Answers;
import camelbell.runtime.http.EntryHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * One file on its way to one client: as much as the client takes and as there is room for among all answers, and on when
 * either has changed. No file lies in memory for each client.
 */
final class FileAnswer {

    private static final int PIECE = 16_384;

    /** Until the next look whether there is room. */
    private static final long PAUSE_MILLIS = 100;

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final Buffer content;
    private final Answers answers;
    private int at;

    FileAnswer(RoutingContext context, ContractFile file, Answers answers) {
        this.context = context;
        this.response = context.response();
        this.content = file.content();
        this.answers = answers;
        this.at = EntryHandler.isHead(context) ? content.length() : 0;
        response.putHeader("Content-Type", file.type())
                .putHeader("Content-Length", Integer.toString(content.length())); // for HEAD too
    }

    /** False when there is no room for its beginning; nothing was written then. */
    boolean begin() {
        if (writePiece()) {
            goOn();
            return true;
        }
        response.headers().remove("Content-Type").remove("Content-Length");
        return false;
    }

    private void goOn() {
        while (!response.ended()) {
            if (response.closed()) {
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(taken -> {
                    response.drainHandler(null);
                    goOn();
                });
                return;
            }
            if (!writePiece()) {
                context.vertx().setTimer(PAUSE_MILLIS, later -> goOn());
                return;
            }
        }
    }

    private boolean writePiece() {
        int end = Math.min(at + PIECE, content.length());
        Buffer piece = content.slice(at, end);
        boolean last = end == content.length();
        boolean written = answers.write(piece.length(), () -> {
            var unused = last ? response.end(piece) : response.write(piece);
        });
        at = written ? end : at;
        return written;
    }
}
