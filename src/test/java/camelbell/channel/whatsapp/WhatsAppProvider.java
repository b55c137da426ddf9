package camelbell.channel.whatsapp;

import camelbell.channel.ScriptedProvider;
import camelbell.dev.CloudApiDouble;
import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import java.util.List;
import java.util.Map;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A Cloud API. */
final class WhatsAppProvider implements ScriptedProvider {

    final CloudApiDouble cloud = new CloudApiDouble("localhost", 0, "4242", "a-token", 10);

    void tell(DynamicPropertyRegistry registry) {
        registry.add("camelbell.whatsapp.base-url", cloud::baseUrl);
        registry.add("camelbell.whatsapp.phone-number-id", () -> "4242");
        registry.add("camelbell.whatsapp.access-token", () -> "a-token");
    }

    @Override
    public ADelivery delivery() {
        return ADelivery.aDelivery().over(ADelivery.WHATSAPP);
    }

    @Override
    public String addressField() {
        return "whatsapp_number";
    }

    @Override
    public Delivery faulty() {
        return delivery().of("no_such_event").delivery();
    }

    @Override
    public String fault() {
        return "TEMPLATE_REMOVED";
    }

    @Override
    public List<String> unusableAddresses() {
        return List.of("+1 (650)", "+1-800-FLOWERS", "123", "+", "none", "+141555501234567890", "+1 253 0000");
    }

    @Override
    public void accepts() {
        cloud.reset();
    }

    @Override
    public void refusesForNow() {
        cloud.script(Map.of("status", 503, "code", 131016));
    }

    @Override
    public void refusesForGood() {
        cloud.script(Map.of("code", 131026));
    }

    @Override
    public void isSilent() {
        cloud.script(Map.of("hang", true));
    }

    @Override
    public void drips() {
        cloud.script(Map.of("drip", true));
    }

    @Override
    public void hangsUp() {
        cloud.script(Map.of("close", true));
    }

    @Override
    public long received() {
        return cloud.counts().accepted();
    }

    @Override
    public String lastReceived() {
        return String.valueOf(cloud.received(1).get(0).body());
    }
}
