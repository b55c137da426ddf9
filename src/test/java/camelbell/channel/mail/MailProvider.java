package camelbell.channel.mail;

import camelbell.channel.ScriptedProvider;
import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import java.util.List;
import org.springframework.test.context.DynamicPropertyRegistry;

/** An SMTP server. */
final class MailProvider implements ScriptedProvider {

    final ScriptedSmtp server = new ScriptedSmtp(true);

    void tell(DynamicPropertyRegistry registry) {
        registry.add("camelbell.mail.host", () -> "127.0.0.1");
        registry.add("camelbell.mail.port", server::port);
        registry.add("camelbell.mail.from", () -> "Tickets <tickets@desk.example.org>");
        registry.add("camelbell.mail.bounces-to", () -> "bounces@desk.example.org");
    }

    @Override
    public ADelivery delivery() {
        return ADelivery.aDelivery();
    }

    @Override
    public String addressField() {
        return "email";
    }

    @Override
    public Delivery faulty() {
        return delivery().to(ADelivery.readerWithoutALink()).delivery();
    }

    @Override
    public List<String> unusableAddresses() {
        return List.of(
                "nobody",
                "a@b.org, c@d.org",
                "group: a@b.org;",
                "Carla <a@b.org>",
                "\"a b\"@c.org",
                "a@[127.0.0.1]",
                "a@b.org\r\nRCPT TO:<c@d.org>",
                "a b@c.org",
                "a@b..org",
                "@b.org",
                "a@");
    }

    @Override
    public void accepts() {
        server.reset();
    }

    @Override
    public void refusesForNow() {
        server.answer("RCPT", "450 4.2.1 mailbox busy");
    }

    @Override
    public void refusesForGood() {
        server.answer("RCPT", "550 5.1.1 <carla@example.org> unknown");
    }

    @Override
    public void isSilent() {
        server.answer(".", ScriptedSmtp.SILENCE);
    }

    @Override
    public void drips() {
        server.answer(".", ScriptedSmtp.DRIP);
    }

    @Override
    public void hangsUp() {
        server.answer(".", ScriptedSmtp.HANG_UP);
    }

    @Override
    public long received() {
        return server.messages().size();
    }

    @Override
    public String lastReceived() {
        return server.messages().get(server.messages().size() - 1);
    }
}
