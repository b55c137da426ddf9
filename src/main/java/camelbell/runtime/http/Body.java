package camelbell.runtime.http;

import io.netty.handler.codec.DecoderException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** One request's body as it comes, on the connection's event loop, and what it holds of the memory for bodies. */
final class Body {

    /** What a body takes before anything of it has come. */
    private static final int FIRST = 1024;

    /** What counts as sending on. */
    private static final int STEP = 16_384;

    private final RoutingContext context;
    private final Context loop;
    private final String caller;
    private final BodyMemory memory;
    private final long limit;
    private final Refusals refusals;
    private Buffer bytes = Buffer.buffer(FIRST);
    private long marked;
    private long markedAt = System.nanoTime();
    private long charged;
    private boolean over;

    Body(RoutingContext context, String caller, BodyMemory memory, long limit, Refusals refusals) {
        this.context = context;
        this.loop = context.vertx().getOrCreateContext();
        this.caller = caller;
        this.memory = memory;
        this.limit = limit;
        this.refusals = refusals;
    }

    String caller() {
        return caller;
    }

    /** False when there is no room; the refusal is answered then. */
    boolean begin() {
        memory.begin(this);
        return charge(FIRST);
    }

    /** Takes what is missing for so many bytes. False when there is no room; the refusal is answered then. */
    private boolean charge(long length) {
        ByteBudget.Grant decision;
        synchronized (memory) {
            if (over) {
                return false;
            }
            if (length - marked >= STEP) {
                marked = length;
                markedAt = System.nanoTime();
            }
            if (length <= charged) {
                return true;
            }
            decision = memory.take(this, length - charged);
            if (decision == ByteBudget.Grant.GRANTED) {
                charged = length;
                return true;
            }
        }
        refuse(decision == ByteBudget.Grant.FULL ? HttpError.OVERLOADED : HttpError.TOO_MUCH_AT_ONCE);
        return false;
    }

    void take(Buffer piece) {
        long length = (long) bytes.length() + piece.length();
        if (length > limit && !isOver()) {
            refuse(HttpError.BODY_TOO_LARGE);
        } else if (charge(length)) {
            bytes.appendBuffer(piece);
        }
    }

    private boolean isOver() {
        synchronized (memory) {
            return over;
        }
    }

    /** Under the lock of the memory: what it holds. */
    long held() {
        return charged;
    }

    /** Under the lock of the memory: whether little has come for so long. */
    boolean stands(long now, long nanos) {
        return charged > 0 && now - markedAt > nanos;
    }

    /** Under the lock of the memory, on whichever thread: somebody else needs what it holds. */
    void giveWay() {
        drop();
        loop.runOnContext(turn -> {
            bytes = Buffer.buffer(0);
            if (!context.response().ended() && !context.response().closed()) {
                refusals.refuse(context, HttpError.OVERLOADED);
            }
        });
    }

    /** It has come whole, so that the route may begin. */
    void pass() {
        memory.finish(this);
        if (!isOver() && !context.response().ended()) {
            if (bytes.length() > 0) { // without a body a route's answer is 204 when it has none either
                ((RoutingContextInternal) context).setBody(bytes);
            }
            context.next();
        }
    }

    void failed(Throwable failure) {
        if (!isOver()) {
            drop();
            context.fail(failure instanceof DecoderException ? 400 : 500, failure);
        }
    }

    /** Gives back what it holds. */
    void drop() {
        synchronized (memory) {
            over = true;
            memory.give(this, charged);
            charged = 0;
        }
    }

    private void refuse(HttpError error) {
        drop();
        refusals.refuse(context, error);
    }
}
