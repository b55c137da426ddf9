package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.Channel;
import camelbell.model.ChannelLimit;
import camelbell.model.ChannelLimits;
import camelbell.model.ChannelProviders;
import camelbell.model.Policy;
import camelbell.model.StartRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With a template that has the shipped one's parameters, and no step that needs a bean. */
class ChannelRoutesTest {

    private static final String TEMPLATE =
            """
            - routeTemplate:
                id: channel
                parameters: [{name: channel}, {name: queue}, {name: concurrency}, {name: in-memory}, {name: attempt-timeout},
                             {name: outcome},
                             {name: attempt}]
                route:
                  group: channel
                  from: {uri: "seda:{{queue}}", steps: [{to: "direct:{{attempt}}"}]}
            """;

    private static final String SMS =
            """
            - route:
                id: channel-sms-attempt
                group: channel
                from: {uri: "direct:channel-sms-attempt", steps: [{log: sent}]}
            - templatedRoute:
                routeTemplateRef: channel
                routeId: channel-sms
                parameters:
                  - {name: channel, value: SMS}
                  - {name: queue, value: channel-sms}
                  - {name: outcome, value: smsProvider}
                  - {name: attempt, value: channel-sms-attempt}
                  - {name: concurrency, value: "{{camelbell.channels.sms.concurrency:3}}"}
                  - {name: in-memory, value: "{{camelbell.channels.sms.in-memory:40}}"}
                  - {name: attempt-timeout, value: "{{camelbell.channels.sms.attempt-timeout:5s}}"}
            """;

    private final Known known = new Known();
    private final Properties settings = new Properties();

    @Test
    void a_channels_limits_are_those_of_its_file() throws Exception {
        start(SMS, "channel-sms");

        assertThat(known.limits).containsExactly(Map.entry("SMS", new ChannelLimit(3, 40, Duration.ofSeconds(5))));
        assertThat(known.begun).containsExactly("SMS");
    }

    @Test
    void configuration_goes_before_the_files_defaults() throws Exception {
        settings.setProperty("camelbell.channels.sms.concurrency", "7");

        start(SMS, "channel-sms");

        assertThat(known.limits).containsExactly(Map.entry("SMS", new ChannelLimit(7, 40, Duration.ofSeconds(5))));
    }

    @Test
    void an_attempt_that_the_lease_does_not_cover_is_refused_and_counts_nowhere() {
        known.tooLong = Duration.ofSeconds(5);

        assertThatThrownBy(() -> start(SMS, "channel-sms"))
                .isInstanceOf(StartRefused.class)
                .hasMessage("SMS takes too long");
        assertThat(known.limits).isEmpty();
    }

    @Test
    void what_sends_starts_before_what_asks_for_it() throws Exception {
        assertThat(start(SMS, "channel-sms")).containsExactly("channel-sms-attempt", "channel-sms");
    }

    @Test
    void a_channel_that_the_table_has_no_more_is_left_alone() throws Exception {
        start(SMS + SMS.replace("SMS", "FAX").replace("sms", "fax"), "channel-sms");

        assertThat(known.limits).containsOnlyKeys("SMS");
    }

    @Test
    void a_channel_without_a_route_from_the_template_is_refused() {
        assertThatThrownBy(() -> start(SMS.substring(0, SMS.indexOf("- templatedRoute")), "channel-sms"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Channel SMS of policy.yaml names route channel-sms, which is not made from");
    }

    @Test
    void an_attempt_that_no_route_makes_is_refused() {
        assertThatThrownBy(() ->
                        start(SMS.replace("value: channel-sms-attempt", "value: channel-sms-atempt"), "channel-sms"))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "Channel SMS has its attempts made by direct:channel-sms-atempt, and no route begins with that.");
    }

    @Test
    void a_route_that_is_named_otherwise_in_the_table_is_refused() {
        assertThatThrownBy(() -> start(SMS, "channel-text"))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "Channel SMS has route channel-text in policy.yaml, but channel-sms with queue channel-sms in"
                                + " its route file; all three must be the same.");
    }

    @Test
    void a_reader_of_outcomes_that_there_is_not_is_refused() {
        assertThatThrownBy(() -> start(SMS.replace("value: smsProvider", "value: smsProvidre"), "channel-sms"))
                .isInstanceOf(StartRefused.class)
                .hasMessage("Channel SMS has its outcomes read by smsProvidre, and there is no such bean.");
    }

    @Test
    void a_limit_that_is_none_is_refused_by_its_key() {
        settings.setProperty("camelbell.channels.sms.attempt-timeout", "soon");

        assertThatThrownBy(() -> start(SMS, "channel-sms"))
                .hasStackTraceContaining("Channel SMS cannot work as its route file and camelbell.channels.sms say: ")
                .hasStackTraceContaining("soon");
    }

    /** Answers the routes' ids in the order of their start. */
    private Iterable<String> start(String file, String routeInTheTable) throws Exception {
        Channel sms = new Channel("SMS", "Text message", routeInTheTable, "sms_number", false);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("smsProvider", "the provider");
            camel.getPropertiesComponent().setInitialProperties(settings);
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(
                            ResourceHelper.fromString("45-channel.camel.yaml", TEMPLATE),
                            ResourceHelper.fromString("53-channel-sms.camel.yaml", file));
            new ChannelRoutes(new Policy(Map.of("SMS", sms), Map.of()), known, known).beforeApplicationStart(camel);
            camel.start();
            return camel.getCamelContextExtension().getRouteStartupOrder().stream()
                    .map(order -> order.getRoute())
                    .map(Route::getRouteId)
                    .toList();
        }
    }

    private static final class Known implements ChannelLimits, ChannelProviders {

        private final Map<String, ChannelLimit> limits = new HashMap<>();
        private final List<String> begun = new ArrayList<>();
        private @Nullable Duration tooLong;

        @Override
        public void mustSuffice(String channel, ChannelLimit limit) {
            assertThat(limits).doesNotContainKey(channel);
            if (limit.attemptTimeout().equals(tooLong)) {
                throw new StartRefused(channel + " takes too long");
            }
        }

        @Override
        public void set(String channel, ChannelLimit limit) {
            limits.put(channel, limit);
        }

        @Override
        public void begin(Object provider, Channel channel, ChannelLimit limit) {
            assertThat(provider).isEqualTo("the provider");
            begun.add(channel.code());
        }

        @Override
        public void end(Object provider) {
            throw new AssertionError(provider);
        }

        @Override
        public void refuse(String name, Object unused) {
            throw new AssertionError(name);
        }

        @Override
        public @Nullable ChannelLimit of(String channel) {
            return limits.get(channel);
        }
    }
}
