package camelbell.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PlacesTest {

    private static final String AGAIN = "connections accepted again kind=tables";

    private final Places tables = new Places("tables", 2);

    @Test
    void it_is_said_that_there_is_room_again_once_nobody_is_refused_any_more(CapturedOutput log) {
        for (String holder : new String[] {"a", "a", "a", "b", "b", "b", "a"}) {
            tables.take(holder);
        }
        assertThat(log.getAll().split("connections refused kind=tables", -1)).hasSize(2);
        tables.give("a");
        assertThat(tables.take("b")).isFalse();
        assertThat(log.getAll()).doesNotContain(AGAIN);
        tables.give("b");
        assertThat(log.getAll()).contains(AGAIN + " refused=4");
    }
}
