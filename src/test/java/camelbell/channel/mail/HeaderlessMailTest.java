package camelbell.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Camel's own binding would let a report's {@code Camel…} headers in (CVE-2026-33454). */
class HeaderlessMailTest {

    @Test
    void no_header_of_a_mail_that_is_read_becomes_a_message_header() throws Exception {
        MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
        mail.setHeader("CamelHttpUri", "http://localhost/evil");
        mail.setHeader("CamelBeanMethodName", "toString");
        mail.setText("x");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThat(new HeaderlessMail().extractHeadersFromMail(mail, new DefaultExchange(camel)))
                    .isEmpty();
        }
    }
}
