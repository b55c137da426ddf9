package camelbell.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProcessEndTest {

    @Test
    void a_process_that_cannot_recover_ends_with_the_documented_code_though_its_shutdown_hangs() throws Exception {
        Process hub = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HangingHub.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(hub.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hub.waitFor()).as(output).isEqualTo(70);
        assertThat(output).contains("only a restart mends this: it stands", "exit code 70");
    }

    static final class HangingHub {

        private HangingHub() {}

        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(HangingHub::hang));
            ProcessEnd end = new ProcessEnd(Settings.health(Duration.ofSeconds(1)));
            end.because("it stands");
            end.because("it still stands");
            new CountDownLatch(1).await();
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
