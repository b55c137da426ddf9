package camelbell.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.bidi.BiDi;
import org.openqa.selenium.bidi.Command;
import org.openqa.selenium.bidi.Connection;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpClient;

/** Starts a browser and opens a BiDi session to it; nothing is looked for or loaded from elsewhere. */
final class Launch {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Launch() {}

    static BrowserSession start(Browser browser, Path profile) throws IOException {
        return browser == Browser.CHROMIUM ? chromium(profile) : firefox(profile);
    }

    private static BrowserSession chromium(Path profile) throws IOException {
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(Browser.driver()))
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        driver.start();
        Map<String, Object> options =
                Map.of("binary", Browser.CHROMIUM.executable(), "args", Browser.CHROMIUM.options(profile));
        return session(
                Browser.CHROMIUM,
                driver.getUrl().getAuthority(),
                Map.of("alwaysMatch", Map.of("goog:chromeOptions", options)),
                driver::stop);
    }

    private static BrowserSession firefox(Path profile) throws IOException {
        List<String> command = new ArrayList<>(Browser.FIREFOX.command(profile, "about:blank"));
        command.add(1, "--remote-debugging-port=0");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
        Path place = profile.resolve("WebDriverBiDiServer.json");
        await().atMost(PATIENCE).until(() -> Files.exists(place) && Files.size(place) > 0);
        JsonNode server = JSON.readTree(Files.readString(place));
        return session(
                Browser.FIREFOX,
                server.path("ws_host").asText() + ":" + server.path("ws_port").asInt(),
                Map.of(),
                () -> end(process));
    }

    private static BrowserSession session(
            Browser browser, String authority, Map<String, Object> capabilities, Runnable end) {
        HttpClient http = HttpClient.Factory.createDefault()
                .createClient(ClientConfig.defaultConfig().baseUri(URI.create("http://" + authority)));
        BiDi bidi = new BiDi(new Connection(http, "ws://" + authority + "/session"), PATIENCE);
        bidi.send(new Command<Object>("session.new", Map.of("capabilities", capabilities), answer -> answer));
        return new BrowserSession(browser, bidi, () -> {
            http.close();
            end.run();
        });
    }

    private static void end(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        // the profile is deleted next, and each of them writes to it
        await().until(() -> !process.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
    }
}
