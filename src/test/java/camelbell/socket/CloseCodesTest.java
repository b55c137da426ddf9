package camelbell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CloseCodesTest {

    /** Those that the server closes with by itself: what breaks the limits of frames, and when the stage fails. */
    private static final Set<Integer> OF_SERVER = Set.of(1003, 1007, 1009, 1011, 4429);

    @Test
    void asyncapi_lists_every_code_that_a_socket_is_closed_with() throws IOException {
        JsonNode document = new YAMLMapper()
                .readTree(Path.of("src/main/resources/contracts/asyncapi.yaml").toFile());
        Set<Integer> described = new TreeSet<>();
        document.at("/channels/socket/x-close-codes")
                .fieldNames()
                .forEachRemaining(code -> described.add(Integer.valueOf(code)));
        Set<Integer> known = new TreeSet<>(OF_SERVER);
        for (Closing reason : Closing.values()) {
            known.add(reason.code());
        }

        assertThat(described).isEqualTo(known);
    }
}
