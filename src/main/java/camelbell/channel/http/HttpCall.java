package camelbell.channel.http;

import camelbell.channel.ErrorClasses;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.HubTag;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** One provider's requests and answers. */
final class HttpCall implements Closeable {

    private final CloseableHttpClient client;
    private final HttpRequestRules requests;
    private final HttpAnswerRules answers;
    private final Current<ErrorClasses> classes;
    private final HubTag tag;
    private final Clock clock;

    HttpCall(
            CloseableHttpClient client,
            HttpRequestRules requests,
            HttpAnswerRules answers,
            Current<ErrorClasses> classes,
            HubTag tag,
            Clock clock) {
        this.client = client;
        this.requests = requests;
        this.answers = answers;
        this.classes = classes;
        this.tag = tag;
        this.clock = clock;
    }

    DeliveryOutcome post(Delivery delivery, HttpBody body) throws IOException {
        URI url = requests.personal() ? PersonalUrl.of(delivery.address(), requests.hosts()) : requests.url();
        // of the client, not of its core: this one can be cancelled when the attempt's time is up
        HttpUriRequestBase request = new HttpUriRequestBase(requests.method(), url);
        request.setEntity(
                new StringEntity(body.text(), ContentType.create(body.contentType(), StandardCharsets.UTF_8)));
        // the same over all attempts, so that a receiver knows a repetition
        String id = tag.of(delivery.notificationId()).replace('/', '-');
        requests.sign(request, id, clock.instant().getEpochSecond(), body.text());
        return read(delivery, client.execute(request, HttpCall::answer));
    }

    private DeliveryOutcome read(Delivery delivery, HttpAnswer answer) {
        if (answers.taken(answer)) {
            return new Sent(answers.id(answer));
        }
        List<String> evidence = answers.evidence(answer);
        DeliveryOutcome outcome = classes.now()
                .outcome(
                        delivery,
                        evidence.get(0),
                        RetryAfter.parse(answer.header("retry-after"), clock.instant()),
                        evidence);
        return outcome instanceof FailedForGood failed && answers.saysNobodyIsThere(evidence)
                ? new FailedForGood(failed.reason(), true)
                : outcome;
    }

    private static HttpAnswer answer(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        String body = entity == null ? "" : new String(EntityUtils.toByteArray(entity), StandardCharsets.UTF_8);
        return new HttpAnswer(response.getCode(), headers, body);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
