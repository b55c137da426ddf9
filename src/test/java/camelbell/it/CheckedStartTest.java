package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.CamelbellApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A hub whose own files are wrong does not start, and says of all of them what is wrong, not of the first alone. */
@ExtendWith(OutputCaptureExtension.class)
class CheckedStartTest {

    @TempDir
    Path folder;

    @Test
    void a_start_with_wrong_files_names_every_mistake_by_file_and_line(CapturedOutput output) throws IOException {
        QuickRoutes.in(folder);
        spoil("policy.yaml", "over: [EMAIL, WHATSAPP, SYSTEM]", "over: [EMAIL, WHATSAP, SYSTEM]");
        spoil("12-unsent.camel.yaml", "method: claim", "method: clam");
        Map<String, String> properties = Stack.quickProperties();
        properties.put("camelbell.routes", "file:" + folder);

        assertThatThrownBy(() -> SpringApplication.run(CamelbellApplication.class, arguments(properties)));

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("policy.yaml:37:19: no channel WHATSAP; did you mean WHATSAPP?")
                .contains("12-unsent.camel.yaml:23:21: bean unsentDeliveries has no method clam; did you mean claim?")
                .doesNotContain("\tat camelbell.", "\tat org.springframework");
    }

    private void spoil(String file, String right, String wrong) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(right);
        Files.writeString(folder.resolve(file), text.replace(right, wrong));
    }

    private static String[] arguments(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }
}
