package camelbell.channel.mail;

import static camelbell.model.ADelivery.aDelivery;
import static camelbell.model.ADelivery.readerAt;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import camelbell.address.MailAddresses;
import camelbell.channel.ChannelApplication;
import camelbell.channel.ChannelApplication.Ends;
import camelbell.model.Attempt;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.Dispatch;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What arrives, as a mail library reads it that had no part in writing it. */
@SpringBootTest(
        classes = ChannelApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "camel.main.routes-include-pattern=file:routes/00-*.camel.yaml,file:routes/45-*.camel.yaml,"
                    + "file:routes/50-*.camel.yaml",
            "camelbell.routes=file:routes"
        })
@DirtiesContext
class ReceivedMailTest {

    private static final ScriptedSmtp SERVER = new ScriptedSmtp(true);

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private ProducerTemplate camel;

    @Autowired
    @SuppressWarnings("NullAway.Init") // Spring fills it
    private Ends ends;

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) {
        registry.add("camelbell.mail.host", () -> "127.0.0.1");
        registry.add("camelbell.mail.port", SERVER::port);
        registry.add("camelbell.mail.from", () -> "Tickets <tickets@desk.example.org>");
        registry.add("camelbell.mail.unsubscribe-to", () -> "leave@desk.example.org");
    }

    @BeforeEach
    void anew() {
        SERVER.reset();
    }

    static List<String> hostileTitles() {
        return List.of(
                "Homepage\r\nBcc: evil@example.org\r\n\r\nnew body",
                "a\nb\rc\u000Bd\u2028e\u2029f\u0085g",
                "\u202Egnp.exe\u202C \u2066isolated\u2069 \u200Fmark",
                "NUL \u0000 BEL \u0007 DEL \u007F ESC \u001B[31m",
                "😀".repeat(4000),
                "=?UTF-8?B?ZXZpbA==?= =?us-ascii?q?evil?=",
                "<script>alert(1)</script> <img src=x onerror=alert(1)> \" ' & {{ 7*7 }} ${7*7} {name}",
                "[ERROR] : \b\b \bTypeError: Arguments to path.join must be strings",
                "lone \uD83D surrogate \uDE00",
                ".\r\n.\r\nMAIL FROM:<evil@example.org>",
                " ",
                "x".repeat(5000),
                "Ärger mit Umlauten, 日本語, العربية, हिन्दी");
    }

    @ParameterizedTest
    @MethodSource("hostileTitles")
    void a_hostile_title_arrives_harmless(String title) throws Exception {
        Message mail = send(aDelivery().titled(title).delivery());

        assertThat(mail.getHeader().getFields())
                .extracting(Field::getName)
                .containsExactlyInAnyOrder(
                        "Date",
                        "From",
                        "To",
                        "Message-ID",
                        "In-Reply-To",
                        "References",
                        "Subject",
                        "MIME-Version",
                        "Content-Type",
                        "Auto-Submitted",
                        "X-Auto-Response-Suppress",
                        "List-Id",
                        "List-Unsubscribe",
                        "List-Unsubscribe-Post");
        assertThat(mail.getSubject()).startsWith("[#63]").satisfies(ReceivedMailTest::isHarmless);
        assertThat(mail.getSubject().codePointCount(0, mail.getSubject().length()))
                .isLessThanOrEqualTo(200);
        assertThat(text(mail, 0)).satisfies(ReceivedMailTest::isHarmless).doesNotContainPattern("(?<!\r)\n");
        assertThat(text(mail, 1))
                .satisfies(ReceivedMailTest::isHarmless)
                .doesNotContainIgnoringCase("<script")
                .doesNotContainIgnoringCase("<img")
                .endsWith("</html>\r\n");
        assertThat(SERVER.messages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "info@faß.example, info@xn--fa-hia.example",
        "info@FASS.example, info@fass.example",
        "info@βόλος.example, info@xn--nxasmm1c.example",
        "info@Bücher.Example, info@xn--bcher-kva.example",
        "info@xn--bcher-kva.example, info@xn--bcher-kva.example",
        "info@例え。テスト, info@xn--r8jz45g.xn--zckzah",
        "info@ｅｘａｍｐｌｅ.org, info@example.org",
        "info@نامه\u200cای.example, info@xn--mgba3gch31f060k.example",
        "info@example\u200d.org, info@example.org",
        "mailto:info@example.org, info@example.org",
        "'MailTo: info@faß.example?subject=x', info@xn--fa-hia.example",
        "info@example.org., info@example.org",
        "\u202ainfo@example.org\u202c, info@example.org",
        "\ufeffin\u00adfo@exam\u200bple.org, info@example.org",
        "info@ab--cd.example, info@ab--cd.example"
    })
    void an_address_is_that_of_its_owner_however_it_is_written(String written, String sent) throws Exception {
        Message mail = send(aDelivery().to(readerAt("email", written)).delivery());

        assertThat(header(mail, "To")).isEqualTo(sent);
        assertThat(SERVER.recipients()).containsExactly(sent);
        assertThat(MailAddresses.comparable(written)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@\u200d",
                "a@-b.org",
                "a@b_c.org",
                "a@xn--\u00e4.org",
                "a@b..org",
                "mailto:",
                "a@\u2488com",
                "a@b.org.."
            })
    void what_has_no_domain_is_no_address(String written) {
        assertThat(MailAddresses.plain(written)).isNull();
    }

    @Test
    void the_hubs_own_addresses_are_written_by_the_same_rules() {
        assertThat(MailAddress.sender("Tickets <t@faß.example>").getAddress()).isEqualTo("t@xn--fa-hia.example");
        assertThat(MailAddress.of("mailto:bounces@faß.example").getAddress()).isEqualTo("bounces@xn--fa-hia.example");
    }

    static List<String> encodedWords() {
        return List.of(
                "=?utf-8?q?Urgent:_=E2=80=AEfdp.exe=0D=0ABcc:_x@y.example?=",
                "=?UTF-8?B?ZXZpbA==?=",
                "=?utf-8?q?a?= =?utf-8?q?b?=",
                "before=?utf-8?q?a?=after",
                "=?utf-8*en?q?a?=",
                "=?utf-8?q?a b?=",
                "=?",
                "=?utf-8?q?" + "x".repeat(160) + "?=");
    }

    @ParameterizedTest
    @MethodSource("encodedWords")
    void what_looks_like_an_encoded_word_in_a_title_is_read_literally(String title) throws Exception {
        Message mail = send(aDelivery().titled(title).delivery());

        assertThat(mail.getSubject()).isEqualTo("[#63] " + title);
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(header(mail, "Subject"))))
                .isEqualTo("[#63] " + title);
        assertThat(text(mail, 0).replaceAll("\\s+", " ")).contains(title);
        assertThat(SERVER.messages().get(0).split("\r\n\r\n", -1)[0].lines()).allMatch(line -> line.length() <= 78);
    }

    @Test
    void an_encoded_word_beside_other_letters_than_ascii_is_read_literally() throws Exception {
        Message mail = send(aDelivery().titled("=?utf-8?q?=E2=80=AE?= Ümläut").delivery());

        assertThat(mail.getSubject()).isEqualTo("[#63] =?utf-8?q?=E2=80=AE?= Ümläut");
    }

    @ParameterizedTest
    @CsvSource({
        "=?utf-8?q?=3D=3Futf-8=3Fq=3Fevil=3F=3D?= <t@example.org>, =?utf-8?q?evil?=",
        "'\"Tickets [=?]\" <t@example.org>', Tickets [=?]"
    })
    void a_display_name_is_read_literally_too(String from, String name) throws Exception {
        String header = HeaderText.named(MailAddress.sender(from));
        assertThat(header).isNotNull();
        InternetAddress read = new InternetAddress(MimeUtility.unfold(header));
        assertThat(read.getPersonal()).isEqualTo(name);
        assertThat(read.getAddress()).isEqualTo("t@example.org");
    }

    @Test
    void it_is_addressed_threaded_and_marked_as_automatic() throws Exception {
        Message mail = send(aDelivery().delivery());

        assertThat(header(mail, "From")).isEqualTo("Tickets <tickets@desk.example.org>");
        assertThat(header(mail, "To")).isEqualTo("carla@example.org");
        assertThat(mail.getSubject()).isEqualTo("[#63] Homepage not loading");
        assertThat(mail.getMessageId()).isEqualTo("<notification-4711@desk.example.org>");
        assertThat(mail.getDate().toInstant()).isEqualTo("2016-02-29T07:08:00Z");
        assertThat(header(mail, "References")).isEqualTo("<ticket-63@desk.example.org>");
        assertThat(header(mail, "In-Reply-To")).isEqualTo("<ticket-63@desk.example.org>");
        assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(mail, "X-Auto-Response-Suppress")).isEqualTo("All");
        assertThat(header(mail, "List-Id")).isEqualTo("<tickets.desk.example.org>");
        assertThat(header(mail, "List-Unsubscribe").replaceAll("\\s+", " "))
                .isEqualTo(
                        "<https://hub.example.org/u/token-of-7>, <mailto:leave@desk.example.org?subject=token-of-7>");
        assertThat(header(mail, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    }

    @Test
    void the_parts_are_text_first_and_html_last_in_utf_8() throws Exception {
        Multipart parts =
                (Multipart) send(aDelivery().titled("Ümläut").delivery()).getBody();

        assertThat(parts.getSubType()).isEqualTo("alternative");
        assertThat(parts.getBodyParts()).extracting(Entity::getMimeType).containsExactly("text/plain", "text/html");
        assertThat(parts.getBodyParts()).extracting(Entity::getCharset).containsExactly("UTF-8", "UTF-8");
    }

    @Test
    void no_line_is_longer_than_smtp_allows() throws Exception {
        send(aDelivery().titled("x".repeat(5000) + "😀".repeat(500)).delivery());

        assertThat(SERVER.messages().get(0).lines()).allMatch(line -> line.length() <= 998);
    }

    private Message send(Delivery delivery) throws IOException, InterruptedException {
        camel.sendBody(delivery.channel().endpoint(), new Dispatch(List.of(delivery)));
        Attempt attempt = ends.settled().poll(10, TimeUnit.SECONDS);
        assertThat(attempt).isNotNull();
        assertThat(attempt.outcome()).isInstanceOf(Sent.class);
        byte[] wire = SERVER.messages().get(0).getBytes(ISO_8859_1);
        return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(wire));
    }

    private static String header(Message mail, String name) {
        return mail.getHeader().getFields(name).stream().map(Field::getBody).collect(Collectors.joining("|"));
    }

    private static String text(Message mail, int part) throws IOException {
        TextBody body =
                (TextBody) ((Multipart) mail.getBody()).getBodyParts().get(part).getBody();
        return new String(body.getInputStream().readAllBytes(), UTF_8);
    }

    private static void isHarmless(String text) {
        assertThat(text.codePoints().filter(ReceivedMailTest::isDangerous).boxed())
                .isEmpty();
    }

    private static boolean isDangerous(int c) {
        return (Character.isISOControl(c) && c != '\r' && c != '\n')
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200F
                || c == 0x2028
                || c == 0x2029
                || c == 0xFFFD;
    }
}
