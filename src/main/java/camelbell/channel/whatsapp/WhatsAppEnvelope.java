package camelbell.channel.whatsapp;

import camelbell.channel.PhoneNumbers;
import camelbell.channel.UnusableAddressException;
import camelbell.model.Delivery;
import camelbell.model.HubTag;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** One request to {@code /messages}: to whom, our mark for receipts, and what the message stage wrote. */
@Component("whatsAppEnvelope")
class WhatsAppEnvelope {

    private final JsonMapper mapper = new JsonMapper();
    private final WhatsAppProperties properties;
    private final HubTag tag;

    WhatsAppEnvelope(WhatsAppProperties properties, HubTag tag) {
        this.tag = tag;
        this.properties = properties;
    }

    /** JSON in UTF-8. Errors: {@link UnusableAddressException}. */
    public byte[] seal(@ExchangeProperty("delivery") Delivery delivery, @Body Map<String, Object> content)
            throws JsonProcessingException {
        String number = delivery.recipient().addressOn(delivery.channel());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("messaging_product", "whatsapp");
        request.put("recipient_type", "individual");
        request.put("to", PhoneNumbers.digits(number, properties.defaultRegion()));
        request.putAll(content);
        request.put("biz_opaque_callback_data", tag.of(delivery.notificationId()));
        return mapper.writeValueAsBytes(request);
    }
}
