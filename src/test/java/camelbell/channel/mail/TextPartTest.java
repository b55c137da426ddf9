package camelbell.channel.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mail program reads is what was written, and the encoding is the one that the mail library would have chosen. */
class TextPartTest {

    private static final String[] PIECES = {
        "a",
        "word ",
        "=",
        " ",
        "\t",
        ".",
        "\n",
        "\r\n",
        " \n",
        "\t\r\n",
        "\r",
        "é",
        "€",
        "😀",
        "–",
        "--=_",
        "From ",
        "\0",
        "\u007f",
        "a".repeat(70),
        "é".repeat(30),
        "x".repeat(1000)
    };

    static Stream<String> texts() {
        return Stream.concat(
                Stream.of(
                        "",
                        "Hello",
                        "Ends with a blank ",
                        "a".repeat(75),
                        "a".repeat(76) + "é",
                        "a".repeat(998),
                        "a".repeat(999),
                        "é".repeat(200),
                        "äöü",
                        "=é=",
                        ".\n.\né"),
                Stream.iterate(0, seed -> seed + 1).limit(300).map(TextPartTest::text));
    }

    private static String text(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(60);
        int first = random.nextInt(PIECES.length);
        for (int piece = 0; piece < pieces; piece++) {
            text.append(PIECES[(first + random.nextInt(12)) % PIECES.length]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_arrives_as_it_was_in_the_encoding_of_the_mail_library(String text) throws Exception {
        String lines = text.replaceAll("\r\n?|\n", "\r\n");
        MimeMultipart both = new MimeMultipart("alternative", TextPart.of(text, "plain"), usual(lines));
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setContent(both);
        message.saveChanges();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        message.writeTo(wire);

        MimeMessage read = new MimeMessage(message.getSession(), new ByteArrayInputStream(wire.toByteArray()));
        MimeMultipart parts = (MimeMultipart) read.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo(lines);
        assertThat(parts.getBodyPart(0).getHeader("Content-Transfer-Encoding"))
                .isEqualTo(parts.getBodyPart(1).getHeader("Content-Transfer-Encoding"));
        assertThat(parts.getBodyPart(0).getContentType())
                .isEqualTo(parts.getBodyPart(1).getContentType());
        if (!"7bit".equals(((MimeBodyPart) both.getBodyPart(0)).getEncoding())) {
            assertThat(encoded(both.getBodyPart(0)).split("\r\n", -1)).allSatisfy(line -> {
                assertThat(line).hasSizeLessThanOrEqualTo(76);
                assertThat(line).doesNotEndWith(" ").doesNotEndWith("\t");
            });
        }
    }

    private static MimeBodyPart usual(String lines) throws Exception {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(lines, "UTF-8", "plain");
        return part;
    }

    private static String encoded(jakarta.mail.BodyPart part) throws Exception {
        return new String(((MimeBodyPart) part).getRawInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
