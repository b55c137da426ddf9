package camelbell.it;

import camelbell.model.HubTag;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Calls a hub's status webhook as Meta does. */
record Webhook(Hub hub, String secret) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** One status of one message; the reserved field is left out when there is no notification to echo. */
    record Status(String id, String status, @Nullable Object notification) {

        String json() {
            String echo = notification == null ? "" : ",\"biz_opaque_callback_data\":\"" + notification + "\"";
            String errors = status.equals("failed")
                    ? ",\"errors\":[{\"code\":131026,\"title\":\"Message undeliverable\"}]"
                    : "";
            return "{\"id\":\"%s\",\"status\":\"%s\",\"timestamp\":\"1767225600\",\"recipient_id\":\"12125550100\"%s%s}"
                    .formatted(id, status, echo, errors);
        }
    }

    /** A notification's number is echoed as the hub marks its messages, a text as it is. */
    int tell(Status... statuses) throws Exception {
        HubTag tag = hub.bean(HubTag.class);
        List<Status> marked = Stream.of(statuses)
                .map(one -> one.notification instanceof Long id ? new Status(one.id, one.status, tag.of(id)) : one)
                .toList();
        return post(body(hub.property("camelbell.whatsapp.phone-number-id"), marked));
    }

    /** Rightly signed. */
    int post(String body) throws Exception {
        return post(body, "sha256=" + hmac(secret, body)).statusCode();
    }

    HttpResponse<String> post(String body, @Nullable String signature) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.url("/webhooks/whatsapp/")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("X-Hub-Signature-256", signature);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String query) throws IOException, InterruptedException {
        URI uri = URI.create(hub.url("/webhooks/whatsapp/") + query);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** One change per two statuses, so that every body with some has several. */
    static String body(String phoneNumberId, List<Status> statuses) {
        StringBuilder changes = new StringBuilder();
        for (int i = 0; i < statuses.size(); i += 2) {
            String two = statuses.subList(i, Math.min(i + 2, statuses.size())).stream()
                    .map(Status::json)
                    .collect(Collectors.joining(","));
            changes.append(i == 0 ? "" : ",")
                    .append(
                            """
                            {"field":"messages","value":{"messaging_product":"whatsapp","metadata":
                            {"display_phone_number":"15550001111","phone_number_id":"%s"},"statuses":[%s]}}"""
                                    .formatted(phoneNumberId, two));
        }
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[" + changes + "]}]}";
    }

    static String hmac(String secret, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    static String upper(String hex) {
        return hex.toUpperCase(Locale.ROOT);
    }
}
