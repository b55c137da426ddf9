package camelbell.operations;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows a page in the browser of whoever typed a command, as far as there is one: its path has been printed in any case. */
final class DesktopBrowser {

    private DesktopBrowser() {}

    /** Errors: none; on a machine without a desktop nothing happens. */
    static void show(Path page) {
        try {
            if (!GraphicsEnvironment.isHeadless()
                    && Desktop.isDesktopSupported()
                    && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(page.toUri());
                return;
            }
        } catch (IOException | RuntimeException | LinkageError noDesktop) {
            // the desktop's own command may still know one
        }
        start(page);
    }

    private static void start(Path page) {
        String opener =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "open" : "xdg-open";
        try {
            new ProcessBuilder(List.of(opener, page.toString()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noOpener) {
            // then the printed path is all
        }
    }
}
