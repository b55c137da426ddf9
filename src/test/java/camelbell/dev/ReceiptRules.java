package camelbell.dev;

import io.vertx.core.json.JsonObject;

/**
 * How the Cloud API double sends receipts.
 *
 * @param url the hub's status webhook
 * @param appSecret signs each call
 * @param delayMs milliseconds before the first receipt, and again before the second
 * @param loss share of receipts that are never sent, 0 to 1
 * @param duplicates share of receipts that are sent twice, 0 to 1
 * @param shuffled whether receipts of one message may come in any order
 */
public record ReceiptRules(
        String url, String appSecret, int delayMs, double loss, double duplicates, boolean shuffled) {

    public ReceiptRules {
        if (url.isBlank() || appSecret.isEmpty()) {
            throw new IllegalArgumentException("receipts need the url of the hub's webhook and its app_secret");
        }
        if (delayMs < 0 || loss < 0 || loss > 1 || duplicates < 0 || duplicates > 1) {
            throw new IllegalArgumentException("delay_ms is at least 0, loss and duplicates are between 0 and 1");
        }
    }

    /** Each receipt once, in order. */
    public static ReceiptRules plain(String url, String appSecret, int delayMs) {
        return new ReceiptRules(url, appSecret, delayMs, 0, 0, false);
    }

    /** Source: the body of {@code POST /receipts}; what it leaves out stays as it was. */
    ReceiptRules changedBy(JsonObject json) {
        return new ReceiptRules(
                json.getString("url", url),
                json.getString("app_secret", appSecret),
                json.getInteger("delay_ms", delayMs),
                json.getDouble("loss", loss),
                json.getDouble("duplicates", duplicates),
                json.getBoolean("shuffled", shuffled));
    }

    /** Without the secret. */
    JsonObject toJson() {
        return new JsonObject()
                .put("url", url)
                .put("delay_ms", delayMs)
                .put("loss", loss)
                .put("duplicates", duplicates)
                .put("shuffled", shuffled);
    }
}
