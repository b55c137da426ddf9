package camelbell.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;

class ManagementPortAnalyzerTest {

    @Test
    void a_taken_management_port_is_named_with_its_key() {
        assertThat(new ManagementPortAnalyzer()
                        .analyze(new IllegalStateException(new PortInUseException(9000)))
                        .getDescription())
                .startsWith("Port 9000 for health and metrics is taken")
                .contains("management.server.port");
    }
}
