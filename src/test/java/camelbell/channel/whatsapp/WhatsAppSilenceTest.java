package camelbell.channel.whatsapp;

import camelbell.channel.SilenceContract;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class WhatsAppSilenceTest extends SilenceContract {

    private static final WhatsAppProvider PROVIDER = new WhatsAppProvider();

    WhatsAppSilenceTest() {
        super(PROVIDER);
    }

    @DynamicPropertySource
    static void cloud(DynamicPropertyRegistry registry) {
        PROVIDER.tell(registry);
    }
}
