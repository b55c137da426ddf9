package camelbell.runtime;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** One request's body as it comes, on the connection's event loop, and what it holds of the budget. */
final class Body {

    private static final int FIRST = 1024;

    private final RoutingContext context;
    private final String caller;
    private final ByteBudget budget;
    private final long limit;
    private final Refusals refusals;
    private final Buffer bytes = Buffer.buffer(FIRST);
    private long charged;
    private boolean over;

    Body(RoutingContext context, String caller, ByteBudget budget, long limit, Refusals refusals) {
        this.context = context;
        this.caller = caller;
        this.budget = budget;
        this.limit = limit;
        this.refusals = refusals;
    }

    /** Takes what is missing for a body of so many bytes. False when there is no room; the refusal is answered then. */
    boolean charge(long length) {
        if (over || length <= charged) {
            return !over;
        }
        ByteBudget.Verdict verdict = budget.take(caller, length - charged);
        if (verdict == ByteBudget.Verdict.GRANTED) {
            charged = length;
            return true;
        }
        refuse(verdict == ByteBudget.Verdict.FULL ? HttpError.OVERLOADED : HttpError.TOO_MUCH_AT_ONCE);
        return false;
    }

    /** A piece; of a body whose length was not said, it is charged now. */
    void take(Buffer piece) {
        long length = (long) bytes.length() + piece.length();
        if (!over && length > limit) {
            refuse(HttpError.BODY_TOO_LARGE);
        } else if (charge(length)) {
            bytes.appendBuffer(piece);
        }
    }

    /** It has come whole, so that the route may begin. */
    void pass() {
        if (!over && !context.response().ended()) {
            if (bytes.length() > 0) { // without a body a route's answer is 204 when it has none either
                ((RoutingContextInternal) context).setBody(bytes);
            }
            context.next();
        }
    }

    void failed(Throwable failure) {
        if (!over) {
            over = true;
            context.fail(failure instanceof DecoderException ? 400 : 500, failure);
        }
    }

    /** Gives back what it holds. */
    void drop() {
        over = true;
        long held = charged;
        charged = 0;
        if (held > 0) {
            budget.give(caller, held);
        }
    }

    private void refuse(HttpError error) {
        drop();
        refusals.refuse(context, error);
    }
}
