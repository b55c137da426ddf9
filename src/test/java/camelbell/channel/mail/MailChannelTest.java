package camelbell.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import camelbell.channel.ChannelContract;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.DeliveryOutcome.FailedForNow;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.DeliveryOutcome.Slowed;
import camelbell.model.DeliveryOutcome.Stopped;
import camelbell.model.DeliveryOutcome.Unavailable;
import camelbell.model.DeliveryOutcome.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class MailChannelTest extends ChannelContract {

    private static final MailProvider PROVIDER = new MailProvider();
    private static final ScriptedSmtp SERVER = PROVIDER.server;

    MailChannelTest() {
        super(PROVIDER);
    }

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) {
        PROVIDER.tell(registry);
    }

    @Test
    void the_reason_is_the_servers_code_and_never_the_address() {
        PROVIDER.refusesForGood();
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("SMTP 550 5.1.1", true));
        SERVER.answer("RCPT", "452 full");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForNow("SMTP 452", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    550 5.1.1 <carla@example.org>: Recipient address rejected: User unknown in local recipient table | true
                    550 5.1.10 recipient not found                                              | true
                    550 no such user here                                                       | true
                    556 5.1.10 domain takes no mail                                             | true
                    550 no                                                                      | false
                    550 relay not permitted                                                     | false
                    553 sorry, your envelope sender is in my badmailfrom list                   | false
                    550 5.1.0 <tickets@desk.example.org> sender rejected                        | false
                    550 5.1.1 verification failed for <tickets@desk.example.org>                | false
                    550 5.1.1 rejected: 192.0.2.25 is listed by bl.example                      | false
                    550 5.7.1 SPF fail                                                          | false
                    """)
    void a_refused_recipient_is_nobody_only_where_the_server_surely_says_so(String reply, boolean nobody) {
        SERVER.answer("RCPT", reply);
        assertThat(outcomeOf(PROVIDER.delivery().delivery()))
                .asInstanceOf(type(FailedForGood.class))
                .extracting(FailedForGood::deadAddress)
                .isEqualTo(nobody);
    }

    @Test
    void the_enhanced_code_outranks_the_reply_code() {
        SERVER.answer(".", "554 4.7.1 greylisted");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForNow("SMTP 554 4.7.1", null));
    }

    @Test
    void a_refused_message_fails_for_good() {
        SERVER.answer(".", "552 5.2.2 over quota");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("SMTP 552 5.2.2"));
        SERVER.answer("DATA", "554 no valid recipients");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new FailedForGood("SMTP 554"));
    }

    @Test
    void what_is_wrong_with_us_is_not_the_recipients_fault() {
        SERVER.answer("MAIL", "530 5.7.0 must issue a STARTTLS command first");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Stopped("SMTP 530 5.7.0"));
        SERVER.answer("MAIL", "553 5.7.1 sender not owned by user");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Stopped("SMTP 553 5.7.1"));
        SERVER.answer("MAIL", "451 4.7.1 slow down");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Slowed("SMTP 451 4.7.1", null));
    }

    @Test
    void a_greeting_that_refuses_us_says_nothing_of_the_recipient() {
        SERVER.hangUp();
        SERVER.answer("HELLO", "421 4.3.2 too busy");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Slowed("SMTP 421 4.3.2", null));
        SERVER.answer("HELLO", "554 5.7.1 no service for you");
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Stopped("SMTP 554 5.7.1"));
        SERVER.answer("HELLO", ScriptedSmtp.HANG_UP);
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isEqualTo(new Unavailable("SMTP CONNECTION LOST", null));
    }

    @Test
    void a_second_attempt_carries_the_same_message_id() {
        PROVIDER.hangsUp();
        assertThat(outcomeOf(PROVIDER.delivery().delivery())).isInstanceOf(Unknown.class);
        String first = PROVIDER.lastReceived();
        PROVIDER.accepts();
        assertThat(outcomeOf(PROVIDER.delivery().delivery()))
                .isEqualTo(new Sent("<notification-4711@desk.example.org>"));

        assertThat(first).contains("Message-ID: <notification-4711@desk.example.org>");
        assertThat(PROVIDER.lastReceived()).contains("Message-ID: <notification-4711@desk.example.org>");
    }
}
