package camelbell.dev;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells the hub's webhook what became of accepted messages: delivered, then read. Reserved numbers, by their last digits:
 * …550190 always does that, whatever is lost or late elsewhere; …550191 fails with 131026; …550192 is ten seconds late;
 * …550193 stays silent. A call that is not answered with 200 comes again, as Meta's do.
 */
final class Receipts {

    private static final int TRIES = 20;
    private static final int AGAIN_MS = 1000;
    private static final int LATE_MS = 10_000;

    /** A hub that is slower than its messages are accepted makes receipts late, not connections many. */
    private static final int CONNECTIONS = 16;

    private final HttpClient client;
    private final Vertx vertx;
    private final String phoneNumberId;
    private final ToldReceipts told;
    private volatile @Nullable ReceiptRules rules;
    private volatile @Nullable ReceiptRules before;

    Receipts(Vertx vertx, String phoneNumberId, ToldReceipts told) {
        this.told = told;
        this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
        this.vertx = vertx;
        this.phoneNumberId = phoneNumberId;
    }

    void send(ReceiptRules wanted) {
        rules = wanted;
        before = wanted;
    }

    /** Until they are sent or changed again. */
    void stop() {
        rules = null;
    }

    @Nullable
    ReceiptRules rules() {
        return rules;
    }

    /**
     * From the body of {@code POST /receipts}; what it leaves out is as it was before they were stopped. Errors: the
     * first one must name url and app_secret.
     */
    void change(JsonObject wanted) {
        ReceiptRules last = before;
        ReceiptRules plain = last == null
                ? ReceiptRules.plain(wanted.getString("url", ""), wanted.getString("app_secret", ""), 0)
                : last;
        send(plain.changedBy(wanted));
    }

    void accepted(String id, String to, @Nullable String callback) {
        ReceiptRules now = rules;
        if (now == null || to.endsWith("550193")) {
            return;
        }
        boolean sure = to.endsWith("550190");
        int late = to.endsWith("550192") ? LATE_MS : 0;
        List<String> statuses = to.endsWith("550191") ? List.of("failed") : List.of("delivered", "read");
        List<Receipt> all = new ArrayList<>();
        for (String status : statuses) {
            all.addAll(Collections.nCopies(
                    sure ? 1 : copies(now), new Receipt(id, status, body(id, to, status, callback))));
        }
        if (now.shuffled() && !sure) {
            all.forEach(one -> inTurn(
                    now,
                    List.of(one),
                    late + now.delayMs() * ThreadLocalRandom.current().nextInt(1, 4),
                    TRIES));
        } else {
            inTurn(now, all, late + now.delayMs(), TRIES);
        }
    }

    private static int copies(ReceiptRules now) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return random.nextDouble() < now.loss() ? 0 : random.nextDouble() < now.duplicates() ? 2 : 1;
    }

    /** The next call leaves when the one before has been acknowledged, so that their order is certain. */
    private void inTurn(ReceiptRules now, List<Receipt> all, int wait, int tries) {
        if (all.isEmpty() || tries == 0) {
            return;
        }
        Receipt first = all.get(0);
        vertx.setTimer(Math.max(1, wait), due -> {
            call(now, first.body).onComplete(answer -> {
                if (answer.succeeded() && answer.result() == 200) {
                    told.add(first.id, first.status);
                    inTurn(now, all.subList(1, all.size()), now.delayMs(), TRIES);
                } else {
                    inTurn(now, all, AGAIN_MS, tries - 1);
                }
            });
        });
    }

    /** One call of the webhook about one message. */
    private record Receipt(String id, String status, String body) {}

    private Future<Integer> call(ReceiptRules now, String body) {
        RequestOptions request = new RequestOptions()
                .setAbsoluteURI(now.url())
                .setMethod(HttpMethod.POST)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Hub-Signature-256", "sha256=" + hmac(now.appSecret(), body));
        return client.request(request).compose(call -> call.send(body)).map(HttpClientResponse::statusCode);
    }

    private String body(String id, String to, String status, @Nullable String callback) {
        JsonObject one = new JsonObject()
                .put("id", id)
                .put("status", status)
                .put("timestamp", String.valueOf(System.currentTimeMillis() / 1000))
                .put("recipient_id", to);
        if (callback != null) {
            one.put("biz_opaque_callback_data", callback);
        }
        if (status.equals("failed")) {
            one.put(
                    "errors",
                    new JsonArray().add(new JsonObject().put("code", 131026).put("title", "Message undeliverable")));
        }
        JsonObject value = new JsonObject()
                .put("messaging_product", "whatsapp")
                .put("metadata", new JsonObject().put("phone_number_id", phoneNumberId))
                .put("statuses", new JsonArray().add(one));
        JsonObject change = new JsonObject().put("field", "messages").put("value", value);
        JsonObject entry = new JsonObject().put("id", "0").put("changes", new JsonArray().add(change));
        return new JsonObject()
                .put("object", "whatsapp_business_account")
                .put("entry", new JsonArray().add(entry))
                .encode();
    }

    private static String hmac(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
