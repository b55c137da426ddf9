package camelbell.channel.http;

import camelbell.channel.Deadlines;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** One call with the provider's login, bounded in time altogether and in the size of its answer, unpacked or not. */
final class BoundedCall implements ExecChainHandler {

    /** Providers' answers are below 1 KiB, most of them. */
    private static final int LARGEST_ANSWER = 64 * 1024;

    /** Of one request's context. */
    private static final String ARRIVED = "camelbell.arrived";

    private final CallSettings settings;
    private final boolean statusIsEnough;

    /** @param statusIsEnough true: an answer whose body is too long or breaks off has its status all the same, and no body */
    BoundedCall(CallSettings settings, boolean statusIsEnough) {
        this.settings = settings;
        this.statusIsEnough = statusIsEnough;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!settings.authorization().isEmpty()) {
            request.setHeader("Authorization", settings.authorization());
        }
        if (!(scope.originalRequest instanceof Cancellable underWay)) {
            throw new IllegalStateException("a request that nobody can cancel could take for ever");
        }
        ScheduledFuture<?> alarm = Deadlines.TIMER.schedule(
                underWay::cancel, settings.attemptTimeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = bounded(proceed(request, scope, chain), scope);
            if (!hasArrived(scope)) {
                throw new ProxyRefusedException(response.getCode());
            }
            return response;
        } finally {
            alarm.cancel(false);
        }
    }

    private static ClassicHttpResponse proceed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            return chain.proceed(request, scope);
        } catch (IOException | HttpException broken) {
            if (!hasArrived(scope)) {
                throw new NotConnectedException(broken);
            }
            throw broken;
        }
    }

    /** Marks that the connection to the provider itself is ready, TLS and proxy included, and the request may leave. */
    static ClassicHttpResponse arrived(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(ARRIVED, true);
        return chain.proceed(request, scope);
    }

    private static boolean hasArrived(ExecChain.Scope scope) {
        return scope.clientContext.getAttribute(ARRIVED) != null;
    }

    /** Read here, while the alarm is set; an answer that is too long, or breaks off, costs the connection. */
    private ClassicHttpResponse bounded(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return response;
        }
        try {
            byte[] answer = read(entity.getContent());
            if (answer.length > LARGEST_ANSWER) {
                throw new IOException("the answer is longer than " + LARGEST_ANSWER + " bytes");
            }
            response.setEntity(new ByteArrayEntity(answer, ContentType.parseLenient(entity.getContentType())));
        } catch (IOException broken) {
            scope.execRuntime.discardEndpoint();
            if (!statusIsEnough) {
                throw broken;
            }
            response.setEntity(new ByteArrayEntity(new byte[0], ContentType.APPLICATION_OCTET_STREAM));
        }
        return response;
    }

    /** Not closed when there is more to come, because closing reads to the end. */
    private static byte[] read(InputStream content) throws IOException {
        byte[] answer = content.readNBytes(LARGEST_ANSWER + 1);
        if (answer.length <= LARGEST_ANSWER) {
            content.close();
        }
        return answer;
    }
}
