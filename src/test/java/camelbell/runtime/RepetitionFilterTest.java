package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class RepetitionFilterTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        context.addTurboFilter(new RepetitionFilter());
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
    }

    @Test
    void a_warning_of_a_library_that_differs_in_numbers_only_passes_once() {
        Logger log = context.getLogger("org.apache.kafka.clients.NetworkClient");
        for (int i = 0; i < 1000; i++) {
            log.warn("[Consumer clientId=consumer-" + i + "] Connection to node {} could not be established", i);
        }
        log.warn("[Producer clientId=producer-1] Connection to node {} could not be established", 1);
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void ids_of_exchanges_make_no_difference_and_another_kind_of_failure_does() {
        Logger log = context.getLogger("org.apache.camel.processor.errorhandler.DefaultErrorHandler");
        for (int i = 0; i < 100; i++) {
            log.warn("Failed delivery for (MessageId: BB777E79B2F6BCF-00000000000000" + (10 + i) + ")");
            log.warn("Failed delivery for (MessageId: BB777E79B2F6BCF-0000000000000001)", new IllegalStateException());
        }
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void what_the_hub_itself_writes_passes_since_it_is_about_an_id_each() {
        Logger log = context.getLogger("camelbell.store.Settlement");
        for (int i = 0; i < 100; i++) {
            log.warn("delivery failed notification={}", i);
        }
        assertThat(lines.list).hasSize(100);
    }

    @Test
    void places_that_somebody_fills_and_leaves_again_and_again_write_a_few_lines() {
        Logger log = context.getLogger("camelbell.runtime.http.Places");
        for (int i = 0; i < 100; i++) {
            log.warn("connections refused kind=connections limit={}", 12000);
            log.info("connections accepted again kind=connections refused={}", i);
        }
        assertThat(lines.list).hasSize(11);
    }

    @Test
    void news_of_a_library_pass_ten_times() {
        Logger log = context.getLogger("org.apache.kafka.clients.consumer.internals.ConsumerCoordinator");
        for (int i = 0; i < 100; i++) {
            log.info("Setting offset for partition users-{}", i);
        }
        assertThat(lines.list).hasSize(10);
    }
}
