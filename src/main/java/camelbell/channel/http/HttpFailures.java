package camelbell.channel.http;

import camelbell.channel.Chain;
import camelbell.channel.ErrorClasses;
import camelbell.channel.TlsFault;
import camelbell.channel.Unexpected;
import camelbell.channel.UnusableAddressException;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.TemplateGoneException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.springframework.stereotype.Component;

/** Reads why there is no answer over HTTP; routes/retries.yaml says what follows. What never left was sent to nobody. */
@Component
public class HttpFailures {

    private static final String TLS = "HTTP TLS";

    private final Current<ErrorClasses> classes;

    public HttpFailures(Current<ErrorClasses> classes) {
        this.classes = classes;
    }

    /** Whatever was thrown on the way. */
    public DeliveryOutcome read(Delivery delivery, Exception exception) {
        Chain chain = new Chain(exception);
        if (chain.find(UnusableAddressException.class) != null) {
            return new FailedForGood("INVALID_ADDRESS");
        }
        if (chain.find(TemplateGoneException.class) != null) {
            // another node may have it, or it may come back: as its schedule says
            return classes.now().outcome(delivery, "TEMPLATE_REMOVED");
        }
        if (chain.find(ForbiddenAddressException.class) != null) {
            return new FailedForGood("ADDRESS_FORBIDDEN");
        }
        ProxyRefusedException proxy = chain.find(ProxyRefusedException.class);
        if (proxy != null) {
            return classes.now().outcome(delivery, "HTTP PROXY " + proxy.status());
        }
        boolean connected = chain.find(NotConnectedException.class) == null;
        if (isTls(chain, connected)) {
            String fault = TlsFault.of(chain);
            String reason = fault == null ? TLS : TLS + " " + fault;
            return classes.now().outcome(delivery, reason, null, List.of(reason, TLS));
        }
        if (!connected) {
            return classes.now().outcome(delivery, "HTTP CONNECT");
        }
        if (chain.find(IOException.class) != null && chain.find(JsonProcessingException.class) == null) {
            return classes.now().outcome(delivery, "HTTP NO ANSWER");
        }
        Unexpected.log(delivery, chain.first());
        return classes.now().outcome(delivery, Unexpected.REASON);
    }

    /** The JDK has its general exception for peers that speak no TLS or give up, and puts it around lost connections, too. */
    private static boolean isTls(Chain chain, boolean connected) {
        if (chain.find(SSLHandshakeException.class) != null || chain.find(SSLPeerUnverifiedException.class) != null) {
            return true;
        }
        return !connected
                && chain.find(SSLException.class) != null
                && chain.find(SocketException.class) == null
                && chain.find(InterruptedIOException.class) == null;
    }
}
