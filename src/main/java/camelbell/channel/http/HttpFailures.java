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
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
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
        if (neverLeft(chain)) {
            return classes.now().outcome(delivery, "HTTP CONNECT");
        }
        if (chain.find(SSLHandshakeException.class) != null || chain.find(SSLPeerUnverifiedException.class) != null) {
            String fault = TlsFault.of(chain);
            String reason = fault == null ? TLS : TLS + " " + fault;
            return classes.now().outcome(delivery, reason, null, List.of(reason, TLS));
        }
        if (chain.find(IOException.class) != null && chain.find(JsonProcessingException.class) == null) {
            return classes.now().outcome(delivery, "HTTP NO ANSWER");
        }
        Unexpected.log(delivery, chain.first());
        return classes.now().outcome(delivery, Unexpected.REASON);
    }

    private static boolean neverLeft(Chain chain) {
        return chain.find(HttpHostConnectException.class) != null
                || chain.find(ConnectTimeoutException.class) != null
                || chain.find(ConnectionRequestTimeoutException.class) != null
                || chain.find(UnknownHostException.class) != null;
    }
}
