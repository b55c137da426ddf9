package camelbell.channel.whatsapp;

import camelbell.channel.SilenceContract;
import org.junit.jupiter.api.Tag;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("long")
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
