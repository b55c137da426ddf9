package camelbell.channel.http;

import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.StartRefused;
import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A provider that takes one message by one HTTP request. A route file makes one ({@code beans}) and says by its properties
 * what is special about it. Of a secret it says only which configuration key has it: what stands in a route file goes through
 * Camel, which reads meanings into values and quotes them in its complaints. Secrets go into requests and nowhere else.
 *
 * <p>Bounded in time and size, without redirects. Its answers are outcomes as routes/retries.yaml says: {@code CODE x} where
 * {@link #setErrorCode} finds a code, then {@code HTTP 503}; without an answer {@code HTTP CONNECT}, {@code HTTP TLS} or
 * {@code HTTP NO ANSWER}. How it is set up in a route file: src/docs/how-to/add-a-channel.md.
 *
 * <p>Errors of a property: {@link StartRefused}, which names the channel and the property.
 */
public final class HttpProvider {

    private String url = "";
    private String method = "POST";
    private String bearerKey = "";
    private String username = "";
    private String passwordKey = "";
    private String headerName = "";
    private String headerValueKey = "";
    private String trust = "";
    private String hosts = "";
    private String networks = "";
    private String success = "200-299";
    private String idPointer = "";
    private String idHeader = "";
    private String errorCode = "";
    private String deadAddress = "";
    private String signingSecretsKey = "";
    private String connectTimeout = "5s";
    private @Nullable HttpCall call;
    private @Nullable HttpFailures failures;

    /** Where each message goes. Without it every person's own address is the URL, see {@link #setHosts}. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** {@code POST} unless set; {@code PUT} and {@code PATCH} are possible, too. */
    public void setMethod(String method) {
        this.method = method;
    }

    /** The configuration key of a token for {@code Authorization: Bearer}. */
    public void setBearerKey(String bearerKey) {
        this.bearerKey = bearerKey;
    }

    /** With {@link #setPasswordKey}: Basic authentication (RFC 7617). */
    public void setUsername(String username) {
        this.username = username;
    }

    /** The configuration key of its password. */
    public void setPasswordKey(String passwordKey) {
        this.passwordKey = passwordKey;
    }

    /** With {@link #setHeaderValueKey}: a header of the provider's own for its key, such as {@code X-Api-Key}. */
    public void setHeaderName(String headerName) {
        this.headerName = headerName;
    }

    /** The configuration key of its value. */
    public void setHeaderValueKey(String headerValueKey) {
        this.headerValueKey = headerValueKey;
    }

    /** PEM file with the only authorities that are believed; empty: those of the JVM. */
    public void setTrust(String trust) {
        this.trust = trust;
    }

    /** What a person's URL may name, parted by commas, see {@link AllowedHost}: {@code hooks.slack.com, *.example.org:8443}. */
    public void setHosts(String hosts) {
        this.hosts = hosts;
    }

    /** Private networks that a person's URL may lead to, in CIDR; empty: none. */
    public void setNetworks(String networks) {
        this.networks = networks;
    }

    /** The statuses that mean that the message was taken; {@code 200-299} unless set. */
    public void setSuccess(String success) {
        this.success = success;
    }

    /** Where the provider's id of the message stands in a JSON answer (RFC 6901). Absent there: sent, without an id. */
    public void setIdPointer(String idPointer) {
        this.idPointer = idPointer;
    }

    /** The answer's header that has the provider's id. */
    public void setIdHeader(String idHeader) {
        this.idHeader = idHeader;
    }

    /** Where the provider's own code of an error stands in a JSON answer; retries.yaml has it as {@code CODE x}. */
    public void setErrorCode(String errorCode) {
        this.errorCode = errorCode;
    }

    /** The permanent errors that mean that nobody is at the address any more: {@code HTTP 410, CODE 21610}. */
    public void setDeadAddress(String deadAddress) {
        this.deadAddress = deadAddress;
    }

    /**
     * The configuration key of secrets of Standard Webhooks, parted by spaces, the newest first. Set: each request is signed
     * with all of them.
     */
    public void setSigningSecretsKey(String signingSecretsKey) {
        this.signingSecretsKey = signingSecretsKey;
    }

    /** Longest wait for a connection; {@code 5s} unless set. */
    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** Sends one message, and reads the answer. */
    public DeliveryOutcome post(Delivery delivery, HttpBody body) throws IOException {
        HttpCall ready = call;
        if (ready == null) {
            throw new IllegalStateException("no channel has this bean as its outcome, so it was never set up");
        }
        return ready.post(delivery, body);
    }

    /** Whatever was thrown on the way. */
    public DeliveryOutcome failed(Delivery delivery, Exception exception) {
        HttpFailures reader = failures;
        if (reader == null) {
            throw new IllegalStateException("no channel has this bean as its outcome, so it was never set up");
        }
        return reader.read(delivery, exception);
    }

    /** Checks all properties together, once those of the channel are known. */
    void begin(Channel channel, ChannelLimit limit, HttpProviders with) {
        if (call != null) {
            throw new StartRefused(
                    "Channel " + channel.code() + " shares its HTTP provider with another channel; each needs"
                            + " one of its own, with a name of its own.");
        }
        String keys =
                "camelbell.channels." + channel.code().toLowerCase(Locale.ROOT).replace('_', '-') + ".";
        try {
            WebhookSigner signer = new WebhookSigner(with.secret(signingSecretsKey));
            if (!signingSecretsKey.isEmpty() && !signer.signs()) {
                throw new IllegalArgumentException(signingSecretsKey + " has no secret, and nothing would be signed");
            }
            HttpRequestRules rules = new HttpRequestRules(
                    url,
                    method,
                    username,
                    with.secret(passwordKey),
                    headerName,
                    with.secret(headerValueKey),
                    split(hosts).stream().map(AllowedHost::of).toList(),
                    signer);
            String bearer = with.secret(bearerKey);
            HttpAnswerRules answers = new HttpAnswerRules(
                    Statuses.of(success), pointer(idPointer), idHeader, pointer(errorCode), split(deadAddress));
            CallSettings settings =
                    with.settings(keys, bearer.isEmpty() ? "" : "Bearer " + bearer, trust, connectTimeout, limit);
            call = with.call(settings, rules, answers, Network.all(networks));
            failures = with.failures();
        } catch (IllegalArgumentException bad) {
            throw new StartRefused(
                    "The HTTP provider of channel " + channel.code() + " (route " + channel.route() + ", keys " + keys
                            + "*) cannot be called: " + bad.getMessage() + ".",
                    bad);
        }
    }

    /** Its connections are closed; what it began answers for itself. */
    void end(HttpProviders with) {
        if (call != null) {
            with.end(call);
        }
    }

    private static @Nullable JsonPointer pointer(String text) {
        return text.isBlank() ? null : JsonPointer.compile(text);
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** Secrets must not get into a log. */
    @Override
    public String toString() {
        return "HttpProvider[success=" + success + "]";
    }
}
