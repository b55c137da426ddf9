package camelbell.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThatCode;

import camelbell.channel.http.ProxyProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WhatsAppPropertiesTest {

    @Test
    void an_address_of_the_provider_may_have_a_port_and_a_path() {
        Duration second = Duration.ofSeconds(1);
        for (String url : new String[] {"http://localhost:9", "https://[::1]:8443", "https://relay.example.org/meta"}) {
            assertThatCode(() -> new WhatsAppProperties(
                            url, "v23.0", "token", "", "", ProxyProperties.NONE, 1, second, second, second))
                    .doesNotThrowAnyException();
        }
    }
}
