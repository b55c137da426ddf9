package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A topic of dead letters that is not there: nothing is lost, nothing is said that is not true, and nothing is said twice. */
@Tag("long")
class DeadLettersAwayTest {

    private static final List<String> OTHERS =
            List.of("ticket-events", "users", "users-dead-letters", "announcements", "status");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @Test
    void a_dead_letter_waits_for_its_topic_and_the_log_says_so_once() {
        Map<String, String> topics = Stack.freshTopics();
        OTHERS.forEach(topic -> LargeFeed.create(topics.get("camelbell.kafka.topics." + topic), 1_000_000));
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        String[] settings = Stream.concat(
                        Stream.of("camelbell.kafka.partitions=0"),
                        topics.entrySet().stream().map(topic -> topic.getKey() + "=" + topic.getValue()))
                .toArray(String[]::new);
        try (Hub hub = new Hub(settings)) {
            root.addAppender(log); // a hub that starts takes off what was there before
            hub.post("ticket-events", "63", "rubbish");
            hub.flush();
            await().until(() -> hub.metric("camelbell.loop.failures") >= 2);
            assertThat(lines("dead letters cannot be written")).isEqualTo(1);
            assertThat(lines("dead-lettered")).isZero();

            LargeFeed.create(topics.get("camelbell.kafka.topics.dead-letters"), 1_000_000);
            await().until(() -> lines("dead letters are written again") == 1);
            assertThat(hub.endOf("dead-letters")).isEqualTo(1);
            await().until(() -> lines("dead-lettered") == 1);
        } finally {
            root.detachAppender(log);
        }
    }

    private long lines(String beginning) {
        return log.list.stream()
                .filter(line -> line.getFormattedMessage().startsWith(beginning))
                .count();
    }
}
