package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("failure-log-test");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final FailureLog log = new FailureLog(logger, "route=x");

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @Test
    void a_failure_that_comes_again_at_once_is_written_once_with_its_stack_and_once_when_it_is_over() {
        for (int i = 1; i <= 1000; i++) {
            assertThat(log.failed("offsets=t/0@1", new SQLException("no", "57P01")))
                    .isEqualTo(i);
        }
        log.worked();
        log.worked();
        assertThat(messages()).hasSize(2);
        assertThat(messages().get(0))
                .isEqualTo(
                        "failed route=x offsets=t/0@1 reason=SQLException SQLState 57P01: no; it is tried again, slower"
                                + " and slower");
        assertThat(messages().get(1)).startsWith("works again route=x times=1000 seconds=");
        assertThat(lines.list.get(0).getThrowableProxy()).isNotNull();
        assertThat(lines.list.get(1).getThrowableProxy()).isNull();
    }

    @Test
    void what_fails_after_it_has_worked_is_news() {
        log.failed("", new IllegalStateException());
        log.worked();
        assertThat(log.failed("", new IllegalStateException())).isEqualTo(1);
        assertThat(messages()).hasSize(3);
    }

    @Test
    void a_reason_quotes_servers_but_never_content() {
        assertThat(Reason.of(new IllegalStateException("wrapped", new SQLException("value \"Ann\" too long", "22001"))))
                .isEqualTo("SQLException SQLState 22001");
        assertThat(Reason.of(new IllegalArgumentException("title Homepage"))).isEqualTo("IllegalArgumentException");
        assertThat(Reason.of(new RuntimeException(new ConnectException("Connection refused"))))
                .isEqualTo("ConnectException: Connection refused");
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
