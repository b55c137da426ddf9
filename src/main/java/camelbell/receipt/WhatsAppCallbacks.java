package camelbell.receipt;

import camelbell.model.HubTag;
import camelbell.model.NotificationStatus;
import camelbell.model.Receipt;
import camelbell.store.ReceiptCount;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the status webhook's body: entries, their changes, their statuses. What is not about messages of our number is
 * counted and left; it must be acknowledged all the same, or Meta sends it for days.
 */
@Component("whatsAppCallbacks")
class WhatsAppCallbacks {

    private static final String WHATSAPP = "WHATSAPP";

    private static final int LONGEST_ID = 512;
    private static final Map<String, NotificationStatus> STATUSES = Map.of(
            "sent", NotificationStatus.SENT,
            "delivered", NotificationStatus.DELIVERED,
            "read", NotificationStatus.READ,
            "failed", NotificationStatus.FAILED);

    private final JsonMapper json = new JsonMapper();
    private final WebhookProperties properties;
    private final ReceiptCount count;
    private final HubTag tag;
    private final Clock clock;

    WhatsAppCallbacks(WebhookProperties properties, ReceiptCount count, HubTag tag, Clock clock) {
        this.tag = tag;
        this.clock = clock;
        this.properties = properties;
        this.count = count;
    }

    public List<Receipt> read(byte @Nullable [] body) {
        JsonNode callback = parse(body);
        if (!callback.path("object").asText().equals("whatsapp_business_account")) {
            count.add("other_object", 1);
            return List.of();
        }
        List<Receipt> receipts = new ArrayList<>();
        for (JsonNode entry : callback.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                read(change, receipts);
            }
        }
        return receipts;
    }

    private void read(JsonNode change, List<Receipt> receipts) {
        JsonNode value = change.path("value");
        String number = value.path("metadata").path("phone_number_id").asText();
        for (JsonNode status : value.path("statuses")) {
            Receipt receipt = number.equals(properties.phoneNumberId()) ? receipt(status) : null;
            if (receipt == null) {
                count.add("ignored", 1);
            } else {
                receipts.add(receipt);
            }
        }
    }

    private @Nullable Receipt receipt(JsonNode status) {
        String id = status.path("id").asText();
        NotificationStatus known = STATUSES.get(status.path("status").asText());
        if (known == null || id.isBlank() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
            return null;
        }
        String reason = known == NotificationStatus.FAILED ? reason(status) : null;
        return new Receipt(
                WHATSAPP,
                id,
                tag.notification(status.path("biz_opaque_callback_data").asText(), clock.instant()),
                known,
                reason);
    }

    private static String reason(JsonNode status) {
        JsonNode code = status.path("errors").path(0).path("code");
        return code.canConvertToInt() ? "META " + code.intValue() : "META";
    }

    private JsonNode parse(byte @Nullable [] body) {
        try {
            return body == null ? MissingNode.getInstance() : json.readTree(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }
}
