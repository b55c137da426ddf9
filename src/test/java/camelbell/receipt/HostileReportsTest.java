package camelbell.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.dev.SampleReport;
import camelbell.model.Bounce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Anybody may write to the bounce mailbox: no mail takes long, and none comes again and again because reading it failed. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileReportsTest {

    private static final String ID = "<notification-4711@hub.example.test>";

    private final BounceReader reader = new BounceReader(new BounceCount(new SimpleMeterRegistry()), Clock.systemUTC());

    @Test
    void sixty_thousand_empty_lines_are_read_at_once() throws Exception {
        assertThat(read("From: x@example.test\n\n" + "\n".repeat(60_000) + "x")).isEmpty();
        assertThat(read("From: x@example.test\n\n" + "-".repeat(60_000))).isEmpty();
    }

    @Test
    void a_megabyte_of_empty_lines_among_the_fields_is_read_at_once() throws Exception {
        assertThat(read(report("ann@example.test")
                        .replace("Final-Recipient", "\n".repeat(1_000_000) + "Final-Recipient")))
                .hasSizeLessThan(2);
    }

    @Test
    void a_domain_of_thousands_of_labels_is_no_address() throws Exception {
        String endless = "ann@" + "a.".repeat(20_000) + "a";
        assertThat(read(report("ann@example.test").replace("rfc822; ann@example.test", "rfc822; " + endless)))
                .singleElement()
                .satisfies(bounce -> assertThat(bounce.kind()).isEqualTo(Bounce.Kind.FAILED));
    }

    @Test
    void a_text_about_thousands_of_recipients_says_what_became_of_twenty_at_most() throws Exception {
        String many = IntStream.range(0, 3000)
                .mapToObj(i -> "p" + i + "@example.org\n")
                .collect(Collectors.joining());
        assertThat(read(sample("qmail.eml", "ann@example.test").replace("<ann@example.test>:", many)))
                .hasSizeBetween(1, 20);
    }

    @Test
    void an_address_beyond_ascii_is_read_where_the_report_has_it_as_it_is() throws Exception {
        String mail = report("j\u00fcrgen@example.test")
                .replace("message/delivery-status", "message/global-delivery-status")
                .replace("text/rfc822-headers", "message/global-headers")
                .replace("rfc822;", "utf-8;");
        assertThat(read(mail)).singleElement().satisfies(bounce -> {
            assertThat(bounce.addresses()).containsExactly("j\u00fcrgen@example.test");
            assertThat(bounce.addressIsDead()).isTrue();
        });
    }

    private static String report(String address) {
        return sample("postfix-user-unknown.eml", address);
    }

    private static String sample(String file, String address) {
        return SampleReport.all().stream()
                .filter(sample -> sample.file().equals(file))
                .findFirst()
                .orElseThrow()
                .about(ID, address);
    }

    private List<Bounce> read(String mail) throws Exception {
        return reader.read(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
    }
}
