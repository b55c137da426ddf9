package camelbell.status;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StatusPropertiesTest {

    @Test
    void a_limit_that_would_publish_nothing_ends_the_start() {
        assertThatThrownBy(() -> new StatusProperties(0, 1))
                .hasMessageStartingWith("camelbell.status.publish-rows is 0; it must be at least 1");
        assertThatThrownBy(() -> new StatusProperties(1, -5))
                .hasMessageStartingWith("camelbell.status.publish-bytes is -5; it must be at least 1");
    }
}
