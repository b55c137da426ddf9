package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R10: several steps in one transaction are the route's ({@code transacted}), those of one bean are the bean's. */
class TransactionRulesTest {

    @Test
    void R10_a_route_opens_a_transaction_only_to_join_several_steps() {
        for (RouteFile file : RouteFile.all()) {
            for (JsonNode route : file.routes()) {
                if (!route.findValues("transacted").isEmpty()) {
                    assertThat(steps(route))
                            .as(file + " " + route.path("id").asText()
                                    + ": one step alone; its bean's method is @Transactional then")
                            .hasSizeGreaterThan(1);
                }
            }
        }
    }

    @Test
    void R10_a_failure_leaves_the_route_of_a_transaction_before_anybody_deals_with_it() {
        for (RouteFile file : RouteFile.all()) {
            for (JsonNode route : file.routes()) {
                if (!route.findValues("transacted").isEmpty()) {
                    assertThat(route.at("/errorHandler").has("noErrorHandler"))
                            .as(file + " " + route.path("id").asText())
                            .isTrue();
                }
            }
        }
    }

    private static List<JsonNode> steps(JsonNode route) {
        return Stream.of("bean", "to", "toD")
                .flatMap(kind -> route.findValues(kind).stream())
                .toList();
    }
}
