package camelbell.channel.mail;

import jakarta.mail.Message;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.ContentTypeResolver;
import org.apache.camel.component.mail.MailBinding;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets no header of a mail that is read become a message header: none could steer a step, and none is asked for, which
 * an IMAP server fails to answer for mails with broken headers.
 */
@Component("headerlessMail")
class HeaderlessMail extends MailBinding {

    /** The body is the mail itself; the endpoint's option of that name does not reach a binding of one's own. */
    HeaderlessMail() {
        super(new DefaultHeaderFilterStrategy(), new DefaultContentTypes(), false, false);
    }

    /** Only for mails that are written, which these are not. */
    private static final class DefaultContentTypes implements ContentTypeResolver {

        @Override
        public @Nullable String resolveContentType(String fileName) {
            return null;
        }
    }

    @Override
    protected Map<String, Object> extractHeadersFromMail(Message mail, Exchange exchange) {
        return new HashMap<>();
    }
}
