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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of report means: one file for each in src/test/resources/reports, with what follows in reports.csv there. */
class BounceReportsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final BounceReader reader =
            new BounceReader(new BounceCount(new SimpleMeterRegistry()), Clock.fixed(NOW, ZoneOffset.UTC));

    static Stream<SampleReport> reports() {
        return SampleReport.all().stream();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void each_kind_of_report_is_read_and_only_what_surely_says_nobody_there_suppresses(SampleReport sample)
            throws Exception {
        String mail = sample.about("<notification-4711@hub.example.test>", "ann@example.test");
        List<Bounce> bounces = reader.read(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));

        assertThat(bounces.stream()
                        .map(bounce -> bounce.kind() + " " + bounce.reason())
                        .toList())
                .isEqualTo(sample.bounce().isEmpty() ? List.of() : List.of(sample.bounce()));
        for (Bounce bounce : bounces) {
            assertThat(bounce.notification()).isEqualTo(4711);
            assertThat(bounce.messageId()).isEqualTo("<notification-4711@hub.example.test>");
            assertThat(bounce.at()).isEqualTo("2026-11-28T10:00:00Z");
            assertThat(bounce.addressIsDead() && bounce.addresses().contains("ann@example.test"))
                    .isEqualTo(sample.nobodyThere());
        }
    }
}
