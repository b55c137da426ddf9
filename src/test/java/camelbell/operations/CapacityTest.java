package camelbell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {

    private static final Path PAGE = Path.of("src/docs/performance/capacity.md");

    @Test
    void the_page_has_the_rows_that_the_command_computes() throws IOException {
        String rows = Stream.of(10, 100, 1_000, 10_000).map(CapacityTest::row).collect(Collectors.joining());

        assertThat(Files.readString(PAGE))
                .as("the table of %s should have%n%s", PAGE, rows)
                .contains(rows);
    }

    private static String row(int eventsPerSecond) {
        Capacity of = new Capacity(eventsPerSecond, 4, 6, 0);
        return String.format(
                Locale.ROOT,
                "| %,d | %.2f | %d | %d | %.2f | %.2f | %,.0f | %.2f | %,.1f |%n",
                eventsPerSecond,
                of.hubCores(),
                of.nodes(),
                of.partitions(),
                of.databaseCores(),
                of.logMegabytesPerSecond(),
                of.diskGigabytesPerYear(),
                of.brokerCores(),
                of.brokerGigabytesPerDay());
    }

    @Test
    void the_page_names_the_costs_that_it_is_computed_from() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(
                        cost("an event", Capacity.HUB_EVENT, Capacity.DATABASE_EVENT),
                        cost("a delivery", Capacity.HUB_DELIVERY, Capacity.DATABASE_DELIVERY));
    }

    private static String cost(String what, double hub, double database) {
        return String.format(Locale.ROOT, "| %s | %s | %s |", what, hub, database);
    }

    @Test
    void more_of_anything_is_never_cheaper_and_twice_the_rate_is_twice_the_work() {
        Capacity one = new Capacity(500, 4, 6, 1000);
        Capacity two = new Capacity(1000, 4, 6, 1000);

        assertThat(two.hubCores()).isCloseTo(2 * one.hubCores(), within(1e-9));
        assertThat(two.databaseCores()).isCloseTo(2 * one.databaseCores(), within(1e-9));
        assertThat(two.diskGigabytesPerYear()).isCloseTo(2 * one.diskGigabytesPerYear(), within(1e-6));
        assertThat(two.nodes()).isGreaterThan(one.nodes());
        assertThat(two.partitions()).isGreaterThanOrEqualTo(2 * two.nodes());
        assertThat(new Capacity(500, 8, 8, 1000).hubCores()).isGreaterThan(one.hubCores());
        assertThat(new Capacity(500, 4, 6, 50_000).nodeMemoryMib()).isGreaterThan(one.nodeMemoryMib());
    }

    @Test
    void the_smallest_hub_has_two_nodes_for_one_may_be_gone() {
        assertThat(new Capacity(0.01, 1, 1, 0).nodes()).isEqualTo(2);
        assertThat(new Capacity(0.01, 1, 1, 0).wall()).startsWith("none");
    }

    @Test
    void the_command_says_it_for_people_and_as_json_by_the_names_of_its_page() throws IOException {
        Typed text = Typed.in("capacity", "--events-per-second", "100");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .startsWith("100 events/s of 4 deliveries and 6 notifications each, 0 sockets\n")
                .contains("hub ", "Kafka ", "PostgreSQL ", "first wall ");

        Typed json = Typed.in("capacity", "--events-per-second=0.5", "--sockets=10000", "--json");
        JsonNode object = CommandsPage.documented("capacity", json.out());
        assertThat(object.path("events_per_second").asDouble()).isEqualTo(0.5);
        assertThat(object.path("nodes").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "capacity",
                "capacity --events-per-second 0",
                "capacity --events-per-second -1",
                "capacity --events-per-second NaN",
                "capacity --events-per-second 1e30",
                "capacity --events-per-second many",
                "capacity --events-per-second 1 --deliveries -1",
                "capacity --events-per-second 1 --deliveries 7",
                "capacity --events-per-second 1 --sockets 1.5"
            })
    void what_is_no_rate_is_not_understood(String line) {
        Typed refused = Typed.in(line.split(" "));

        assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_UNDERSTOOD);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isNotBlank().doesNotContain("Exception");
    }
}
