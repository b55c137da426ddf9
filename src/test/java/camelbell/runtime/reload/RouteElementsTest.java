package camelbell.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.StartRefused;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteElementsTest {

    private static final String TEMPLATE =
            """
            - routeTemplate:
                id: channel
                parameters:
                  - name: queue
                  - name: concurrency
                    defaultValue: "2"
                route:
                  group: channel
                  from:
                    uri: seda
                    parameters:
                      name: "{{queue}}"
                      concurrentConsumers: "{{concurrency}}"
                    steps:
                      - log:
                          id: told
                          message: "{{queue}} by {{camelbell.node}}"
            """;

    private static final String MADE =
            """
            - templatedRoute:
                routeTemplateRef: channel
                routeId: channel-sms
                prefixId: channel-sms-
                parameters:
                  - name: queue
                    value: channel-sms
            """;

    private static final String PLAIN =
            """
            - route:
                id: plain
                description: Plain
                from:
                  uri: direct:plain
                  steps:
                    - log:
                        message: plain
            """;

    @Test
    void comments_and_another_layout_are_no_change() {
        RouteElement one = element("plain", PLAIN);
        RouteElement other = element(
                "plain", "# Told\n\n" + PLAIN.replace("description: Plain", "description: \"Plain\" # plainly"));

        assertThat(other.definition()).isEqualTo(one.definition());
        assertThat(other.line()).isEqualTo(3);
    }

    @Test
    void a_route_of_a_template_is_the_template_with_its_parameters_filled_in() {
        RouteElement made = element("channel-sms", TEMPLATE, MADE);

        assertThat(made.parameters()).isEqualTo(Map.of("queue", "channel-sms", "concurrency", "2"));
        assertThat(made.beginning()).isEqualTo("seda:channel-sms");
        assertThat(made.definition().at("/nodePrefixId").asText()).isEqualTo("channel-sms-");
        assertThat(made.definition().at("/from/parameters/concurrentConsumers").asText())
                .isEqualTo("2");
        assertThat(made.definition().at("/from/steps/0/log/message").asText())
                .isEqualTo("channel-sms by {{camelbell.node}}");
    }

    @Test
    void other_steps_begin_as_before_and_another_queue_does_not() {
        RouteElement made = element("channel-sms", TEMPLATE, MADE);
        RouteElement told = element("channel-sms", TEMPLATE.replace("message: ", "message: Now "), MADE);
        RouteElement wider = element("channel-sms", TEMPLATE.replace("\"2\"", "\"3\""), MADE);

        assertThat(told.definition()).isNotEqualTo(made.definition());
        assertThat(told.beginsAs(made)).isTrue();
        assertThat(wider.beginsAs(made)).isFalse();
    }

    @Test
    void what_cannot_be_read_is_named_by_file_and_line() {
        refused(files(PLAIN, PLAIN), "2.camel.yaml:1: route plain stands in 1.camel.yaml:1 already");
        refused(files(MADE), "1.camel.yaml:1: no routeTemplate channel; there are []");
        refused(files(PLAIN.replace("id: plain", "note: plain")), "1.camel.yaml:1: a route without an id");
        refused(files("route: {}\n"), "1.camel.yaml:1: not a list");
        refused(files(PLAIN + "  : [\n"), "1.camel.yaml:9: not YAML: ");
    }

    private static RouteElement element(String id, String... texts) {
        return Objects.requireNonNull(RouteElements.of(files(texts)).routes().get(id));
    }

    private static void refused(SortedMap<String, String> files, String complaint) {
        assertThatThrownBy(() -> RouteElements.of(files))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(complaint);
    }

    private static SortedMap<String, String> files(String... texts) {
        SortedMap<String, String> files = new TreeMap<>();
        for (String text : texts) {
            files.put((files.size() + 1) + ".camel.yaml", text);
        }
        return files;
    }
}
