package camelbell.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final String ODD =
            """
            From: camelbell@localhost
            To: someone@example.org
            Message-ID: <3@camelbell>
            Subject: Odd text
            MIME-Version: 1.0
            Content-Type: text/plain; charset=x-nobody

            words
            """;

    private static final String LINKS = "See http://localhost:3000/tickets/5?a=1&b=2. (Or http://localhost:3000/.)";

    @Test
    void all_mail_is_counted_and_only_the_newest_kept() throws Exception {
        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 10)) {
            for (int i = 0; i < 55; i++) {
                send(mailbox, "<" + i % 50 + "@camelbell>", "Ticket " + i, "user" + i + "@example.org");
            }

            assertThat(mailbox.counts()).isEqualTo(new Mailbox.Counts(55, 50, 5));
            assertThat(mailbox.newest(1000)).hasSizeBetween(10, 20);
            assertThat(mailbox.newest(1).get(0).getSubject()).isEqualTo("Ticket 54");
        }
    }

    @Test
    void the_kept_mail_can_be_read_by_imap() throws Exception {
        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 10)) {
            send(mailbox, "<1@camelbell>", "Ticket", "someone@example.org");

            Session session = Session.getInstance(new Properties());
            try (var store = session.getStore("imap")) {
                store.connect("localhost", mailbox.imapPort(), "mailbox", "mailbox");
                try (var inbox = store.getFolder("INBOX")) {
                    inbox.open(jakarta.mail.Folder.READ_ONLY);
                    assertThat(inbox.getMessage(1).getSubject()).isEqualTo("Ticket");
                }
            }
        }
    }

    @Test
    void the_page_shows_hostile_mail_without_obeying_it() throws Exception {
        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 10);
                MailboxPage page = new MailboxPage(mailbox, "localhost", 0)) {
            send(mailbox, "<1@camelbell>", "<script>alert(1)</script>", "someone@example.org");

            assertThat(get(page, "/", "text/html"))
                    .contains("&lt;script&gt;alert(1)", "someone@example.org", "/messages/1")
                    .doesNotContain("<script>");
            assertThat(get(page, "/messages/1", "text/html"))
                    .contains(
                            "sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\"", "plain words")
                    .contains("src=\"/messages/1/html\"", "<dt>Message-ID</dt><dd>&lt;1@camelbell&gt;</dd>")
                    .doesNotContain("<script>", "<b>");
            HttpResponse<String> own = ask(page, "/messages/1/html", "text/html");
            assertThat(own.body()).isEqualTo("<base target=\"_blank\"><b>\"bold\"</b>");
            assertThat(own.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none';")
                            .contains("frame-ancestors 'self'", "; sandbox allow-same-origin allow-popups")
                            .doesNotContain("script"));
            assertThat(get(page, "/messages/1", "application/json")).contains("plain words", "<b>");
            assertThat(get(page, "/count", "*/*"))
                    .isEqualTo("{\"messages\":1,\"distinct_message_ids\":1,\"duplicates\":0}");
        }
    }

    @Test
    void links_of_a_text_end_where_their_sentence_does() throws Exception {
        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 10);
                MailboxPage page = new MailboxPage(mailbox, "localhost", 0)) {
            MimeMessage mail = new MimeMessage(Session.getInstance(smtp(mailbox)));
            mail.setText(LINKS);
            Transport.send(mail, InternetAddress.parse("someone@example.org"));

            assertThat(get(page, "/messages/1", "text/html"))
                    .contains(
                            "href=\"http://localhost:3000/tickets/5?a=1&amp;b=2\"", "href=\"http://localhost:3000/\"");
        }
    }

    @Test
    void a_mail_in_a_charset_that_nobody_knows_hides_no_other() throws Exception {
        try (Mailbox mailbox = new Mailbox("localhost", 0, 0, 10);
                MailboxPage page = new MailboxPage(mailbox, "localhost", 0)) {
            send(mailbox, "<1@camelbell>", "Ticket", "someone@example.org");
            send(mailbox, "<2@camelbell>", "=?x-nobody?Q?Odd?=", "someone@example.org");
            Transport.send(
                    new MimeMessage(Session.getInstance(smtp(mailbox)), new ByteArrayInputStream(ODD.getBytes(UTF_8))),
                    InternetAddress.parse("someone@example.org"));

            assertThat(get(page, "/", "text/html")).contains(">Ticket<", ">=?x-nobody?Q?Odd?=<", ">Odd text<");
            assertThat(get(page, "/messages/3", "text/html")).contains("cannot be read", "x-nobody");
        }
    }

    static void send(Mailbox mailbox, String id, String subject, String to) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(smtp(mailbox))) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom("camelbell@localhost");
        message.setRecipient(RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject);
        message.setContent(
                new MimeMultipart("alternative", part("plain words", "plain"), part("<b>\"bold\"</b>", "html")));
        Transport.send(message);
    }

    private static Properties smtp(Mailbox mailbox) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "localhost");
        properties.put("mail.smtp.port", String.valueOf(mailbox.smtpPort()));
        return properties;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        return part;
    }

    private static String get(MailboxPage page, String path, String accept) throws Exception {
        return ask(page, path, accept).body();
    }

    private static HttpResponse<String> ask(MailboxPage page, String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + page.port() + path))
                .header("Accept", accept)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
