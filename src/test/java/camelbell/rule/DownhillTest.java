package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R6: flow runs downhill, every target exists, every route says what it is for. */
class DownhillTest {

    private static final Pattern DIRECT = Pattern.compile("direct:([a-z0-9-]+)");

    @Test
    void every_route_has_an_id_a_group_a_short_description_and_a_place_in_the_start_order() {
        for (RouteFile file : RouteFile.all()) {
            for (JsonNode route : file.routes()) {
                String where = file + " " + route.path("id").asText();
                assertThat(route.path("id").asText()).as(where).matches("[a-z0-9]+(-[a-z0-9]+)*");
                assertThat(route.path("group").asText()).as(where).isNotBlank();
                assertThat(route.path("description").asText())
                        .as(where)
                        .hasSizeBetween(10, 80)
                        .doesNotEndWith(".");
                // ChannelRoutes gives those of channels their place
                if (!route.path("group").asText().equals("channel")) {
                    assertThat(route.path("startupOrder").asInt()).as(where).isPositive();
                }
            }
        }
    }

    @Test
    void route_ids_and_start_orders_are_unique() {
        List<String> ids = new ArrayList<>();
        List<Integer> orders = new ArrayList<>();
        RouteFile.all().forEach(file -> file.routes().forEach(route -> {
            ids.add(route.get("id").asText());
            if (route.has("startupOrder")) {
                orders.add(route.get("startupOrder").asInt());
            }
        }));
        RouteFile.all()
                .forEach(file -> file.channels().forEach(channel -> ids.add(channel.getOrDefault("routeId", "none"))));
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(orders).doesNotHaveDuplicates();
    }

    @Test
    void every_step_id_begins_with_its_routes_id_and_stands_once() {
        Set<String> seen = new HashSet<>();
        for (RouteFile file : RouteFile.all()) {
            for (JsonNode route : file.routes()) {
                for (String id : route.at("/from/steps").findValuesAsText("id")) {
                    assertThat(id)
                            .as(file.toString())
                            .startsWith(route.get("id").asText());
                    assertThat(seen.add(id))
                            .as(file + ": step id " + id + " twice")
                            .isTrue();
                }
            }
        }
    }

    @Test
    void a_route_calls_only_routes_that_exist_in_its_own_or_a_higher_file() {
        Map<String, Integer> offered = new HashMap<>();
        RouteFile.all().forEach(file -> file.routes().forEach(route -> {
            String name = directName(route.get("from"));
            if (name != null) {
                offered.put(name, file.number());
            }
        }));
        for (RouteFile file : RouteFile.all()) {
            for (String target : targets(file)) {
                assertThat(offered).as(file + " calls direct:" + target).containsKey(target);
                assertThat(offered.get(target))
                        .as(file + " calls direct:" + target + " uphill")
                        .satisfiesAnyOf(
                                number -> assertThat(number).isGreaterThanOrEqualTo(file.number()),
                                number -> assertThat(file.number())
                                        .as("failure policies stand at 00")
                                        .isZero());
            }
        }
    }

    private static List<String> targets(RouteFile file) {
        List<String> targets = new ArrayList<>();
        file.channels().forEach(channel -> targets.add(channel.getOrDefault("attempt", "none")));
        file.walk((field, value) -> {
            if (field.equals("to") || field.equals("toD")) {
                String name = value.isTextual() ? directIn(value.asText()) : directName(value);
                if (name != null && !file.templateParameters().contains(name.replaceAll("[{}]", ""))) {
                    targets.add(name);
                }
            } else if (value.isTextual()) { // a bean is told which routes to ask
                DIRECT.matcher(value.asText()).results().forEach(named -> targets.add(named.group(1)));
            }
        });
        return targets;
    }

    private static @Nullable String directName(JsonNode endpoint) {
        String uri = endpoint.path("uri").asText();
        return uri.equals("direct") ? endpoint.at("/parameters/name").asText() : directIn(uri);
    }

    private static @Nullable String directIn(String uri) {
        Matcher direct = DIRECT.matcher(uri);
        return direct.matches() ? direct.group(1) : null;
    }
}
