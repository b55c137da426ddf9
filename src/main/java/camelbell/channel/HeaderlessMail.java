package camelbell.channel;

import jakarta.mail.Message;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailBinding;
import org.springframework.stereotype.Component;

/**
 * Lets no header of a mail that is read become a message header: none could steer a step, and none is asked for, which
 * an IMAP server fails to answer for mails with broken headers.
 */
@Component("headerlessMail")
class HeaderlessMail extends MailBinding {

    @Override
    protected Map<String, Object> extractHeadersFromMail(Message mail, Exchange exchange) {
        return new HashMap<>();
    }
}
