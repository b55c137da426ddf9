package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.model.ADelivery;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class MailChannelTest extends ChannelContract {

    private static final ScriptedSmtp SERVER = new ScriptedSmtp(true);

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) {
        registry.add("camelbell.mail.host", () -> "127.0.0.1");
        registry.add("camelbell.mail.port", SERVER::port);
        registry.add("camelbell.mail.from", () -> "Tickets <tickets@desk.example.org>");
        registry.add("camelbell.mail.bounces-to", () -> "bounces@desk.example.org");
    }

    @Override
    ADelivery delivery() {
        return ADelivery.aDelivery();
    }

    @Override
    String addressField() {
        return "email";
    }

    @Override
    List<String> unusableAddresses() {
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
    void providerAccepts() {
        SERVER.reset();
    }

    @Override
    void providerRefusesForNow() {
        SERVER.answer("RCPT", "450 4.2.1 mailbox busy");
    }

    @Override
    void providerRefusesForGood() {
        SERVER.answer("RCPT", "550 5.1.1 <carla@example.org> unknown");
    }

    @Override
    void providerIsSilent() {
        SERVER.answer(".", ScriptedSmtp.SILENCE);
    }

    @Override
    void providerDrips() {
        SERVER.answer(".", ScriptedSmtp.DRIP);
    }

    @Override
    void providerHangsUp() {
        SERVER.answer(".", ScriptedSmtp.HANG_UP);
    }

    @Override
    long received() {
        return SERVER.messages().size();
    }

    @Override
    String lastReceived() {
        return SERVER.messages().get(SERVER.messages().size() - 1);
    }

    @Test
    void the_reason_is_the_servers_code_and_never_the_address() {
        providerRefusesForGood();
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new FailedForGood("SMTP 550 5.1.1", true));
        SERVER.answer("RCPT", "452 full");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new FailedForNow("SMTP 452", null));
    }

    @Test
    void the_enhanced_code_outranks_the_reply_code() {
        SERVER.answer(".", "554 4.7.1 greylisted");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new FailedForNow("SMTP 554 4.7.1", null));
    }

    @Test
    void a_refused_message_fails_for_good() {
        SERVER.answer(".", "552 5.2.2 over quota");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new FailedForGood("SMTP 552 5.2.2"));
        SERVER.answer("DATA", "554 no valid recipients");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new FailedForGood("SMTP 554"));
    }

    @Test
    void what_is_wrong_with_us_is_not_the_recipients_fault() {
        SERVER.answer("MAIL", "530 5.7.0 must issue a STARTTLS command first");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Stopped("SMTP 530 5.7.0"));
        SERVER.answer("MAIL", "553 5.7.1 sender not owned by user");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Stopped("SMTP 553 5.7.1"));
        SERVER.answer("MAIL", "451 4.7.1 slow down");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Slowed("SMTP 451 4.7.1", null));
    }

    @Test
    void no_answer_to_the_end_of_the_message_is_an_unknown_outcome_and_no_answer_before_it_a_timeout() {
        for (String silent : List.of(ScriptedSmtp.SILENCE, ScriptedSmtp.DRIP, ScriptedSmtp.HANG_UP)) {
            SERVER.answer(".", silent);
            assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Unknown("SMTP NO ANSWER"));
        }
        SERVER.reset();
        SERVER.answer("RCPT", ScriptedSmtp.SILENCE);
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Unavailable("SMTP TIMEOUT", null));
        SERVER.answer("RCPT", ScriptedSmtp.DRIP);
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Unavailable("SMTP TIMEOUT", null));
    }

    @Test
    void a_greeting_that_refuses_us_says_nothing_of_the_recipient() {
        SERVER.hangUp();
        SERVER.answer("HELLO", "421 4.3.2 too busy");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Slowed("SMTP 421 4.3.2", null));
        SERVER.answer("HELLO", "554 5.7.1 no service for you");
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Stopped("SMTP 554 5.7.1"));
        SERVER.answer("HELLO", ScriptedSmtp.HANG_UP);
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Unavailable("SMTP CONNECTION LOST", null));
    }

    @Test
    void a_second_attempt_carries_the_same_message_id() {
        providerHangsUp();
        assertThat(outcomeOf(delivery().delivery())).isInstanceOf(Unknown.class);
        String first = lastReceived();
        providerAccepts();
        assertThat(outcomeOf(delivery().delivery())).isEqualTo(new Sent("<notification-4711@desk.example.org>"));

        assertThat(first).contains("Message-ID: <notification-4711@desk.example.org>");
        assertThat(lastReceived()).contains("Message-ID: <notification-4711@desk.example.org>");
    }
}
