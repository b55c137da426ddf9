package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A hub with a channel of routes/examples, from within; what strangers see of them is shown by {@code ExampleChannelIT}. */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class ExampleChannelsTest {

    @TempDir
    private Path folder;

    @Test
    void a_channel_of_an_example_starts_before_what_hands_it_something_and_after_what_it_hands_to() throws Exception {
        try (Hub hub = new Hub(
                ExampleChannel.in(folder.resolve("routes"), "SMS").setting(),
                "camelbell.channels.sms.url=http://localhost/",
                "camelbell.channels.sms.username=AC1",
                "camelbell.channels.sms.password=secret",
                "camelbell.channels.sms.from=+15550009999")) {
            assertThat(hub.bean(CamelContext.class).getCamelContextExtension().getRouteStartupOrder().stream()
                            .map(order -> order.getRoute().getRouteId()))
                    .containsSubsequence("settle", "channel-sms-attempt", "channel-sms", "fan-out", "ticket-events");
        }
    }

    @Test
    void a_property_that_a_provider_does_not_have_is_named_without_its_value(CapturedOutput output) throws Exception {
        ExampleChannel slack = ExampleChannel.in(folder.resolve("routes"), "SLACK");
        Path file = slack.folder().resolve("54-channel-slack.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("hosts: \"{{", "hots: \"{{"));

        assertThatThrownBy(() -> new Hub(slack.setting(), "camelbell.channels.slack.hosts=a-value-of-somebodys"))
                .isNotNull();

        assertThat(output)
                .contains(
                        "54-channel-slack.camel.yaml:", "bean slackProvider has no property hots; did you mean hosts?")
                .doesNotContain("a-value-of-somebodys", "\tat org.apache.camel");
    }
}
