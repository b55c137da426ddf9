package camelbell.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.springframework.util.FileSystemUtils;

/**
 * The browsers of one test class, for {@code @RegisterExtension}: each is started when first asked for, its pages are closed after each
 * test, and a test that fails leaves a picture of each page in {@code target/screenshots}.
 */
public final class Browsers implements TestExecutionExceptionHandler, AfterEachCallback, AfterAllCallback {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Map<Browser, BrowserSession> sessions = new EnumMap<>(Browser.class);
    private final Map<Browser, Path> profiles = new EnumMap<>(Browser.class);

    /** This browser, running; skips or fails where it is not installed. */
    public BrowserSession get(Browser browser) {
        browser.assumeDriven();
        return sessions.computeIfAbsent(browser, this::start);
    }

    private BrowserSession start(Browser browser) {
        try {
            Path profile = Files.createTempDirectory("camelbell-browser-");
            profiles.put(browser, profile);
            return Launch.start(browser, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        String name = test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName() + test.getDisplayName().replaceAll("[^A-Za-z0-9]+", "-");
        for (BrowserSession session : sessions.values()) {
            List<Page> pages = session.pages();
            for (int number = 0; number < pages.size(); number++) {
                Path file = SCREENSHOTS.resolve("failed-%s-%s-%d.png".formatted(name, session.browser(), number));
                try {
                    pages.get(number).screenshot(file);
                    System.out.println(file + " " + pages.get(number).console());
                } catch (RuntimeException gone) {
                    failure.addSuppressed(gone);
                }
            }
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        sessions.values().forEach(session -> List.copyOf(session.pages()).forEach(Page::close));
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        sessions.values().forEach(BrowserSession::close);
        for (Path profile : profiles.values()) {
            FileSystemUtils.deleteRecursively(profile);
        }
    }
}
