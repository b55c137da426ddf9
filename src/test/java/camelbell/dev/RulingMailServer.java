package camelbell.dev;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GreenMail that asks {@link MailRules} about each recipient. */
final class RulingMailServer extends GreenMail {

    RulingMailServer(ServerSetup[] setups) {
        super(setups);
    }

    MailRules rules() {
        return ((RulingManagers) managers).rules;
    }

    /** Called while GreenMail's own constructor runs, and at each start. */
    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers given) {
        managers = given instanceof RulingManagers ? given : new RulingManagers();
        return super.createServices(setups, managers);
    }

    private static final class RulingManagers extends Managers {

        private final MailRules rules = new MailRules();
        private final SmtpManager smtp = new SmtpManager(getImapHostManager(), getUserManager()) {
            @Override
            public @Nullable String checkRecipient(SmtpState state, MailAddress recipient) {
                return rules.refusal(recipient.getEmail());
            }
        };

        @Override
        public SmtpManager getSmtpManager() {
            return smtp;
        }
    }
}
