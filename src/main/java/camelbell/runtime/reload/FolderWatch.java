package camelbell.runtime.reload;

import camelbell.model.StartRefused;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.ResourceUtils;

/**
 * Has the folder looked at when something in it was written. An editor writes in several steps: they count as one when they
 * follow each other closely. File systems that tell of nothing are looked at every few seconds all the same.
 */
@Component
@ConditionalOnProperty("camelbell.reload")
class FolderWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private static final long UNTOLD_MS = 3000;
    private static final long QUIET_MS = 150;
    private static final int MOST_QUIETS = 20;

    private final Path folder;
    private final LiveReload reload;
    private final ApplicationContext context;
    private final Thread thread = new Thread(this::run, "camelbell-reload");
    private volatile boolean closed;

    FolderWatch(@Value("${camelbell.routes}") String location, LiveReload reload, ApplicationContext context) {
        this.folder = folder(location);
        this.reload = reload;
        this.context = context;
        thread.setDaemon(true);
    }

    /** Errors: {@link StartRefused} for what is no folder. */
    static Path folder(String location) {
        if (!location.startsWith(ResourceUtils.FILE_URL_PREFIX)) {
            throw new StartRefused("camelbell.reload is true and camelbell.routes is " + location
                    + ", in which nobody saves files: name a folder, such as file:/etc/camelbell/routes, or set"
                    + " camelbell.reload to false.");
        }
        try {
            return ResourceUtils.getFile(location).toPath();
        } catch (FileNotFoundException e) {
            throw new StartRefused("camelbell.routes is " + location + ", which is no folder.", e);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (thread.getState() == Thread.State.NEW) {
            LOG.info("tables are watched folder={} digest={}", folder, reload.digest());
            thread.start();
        }
    }

    /** Before the routes stop: what is being put in place is there then, and nothing comes after it. */
    @EventListener
    void close(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            closed = true;
            synchronized (this) {
                thread.interrupt(); // while it waits, never while it works
            }
        }
    }

    private void run() {
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            while (!closed) {
                for (Path one : List.of(folder, folder.resolve("templates"), folder.resolve("templates/words"))) {
                    register(one, watch);
                }
                look();
                waitForQuiet(watch);
            }
        } catch (IOException e) {
            LOG.error(
                    "the routes folder cannot be watched folder={}: {}; it is reloaded no more", folder, e.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        if (!closed) {
            reload.look();
        }
    }

    /** A folder that is there already is watched on. */
    private static void register(Path one, WatchService watch) throws IOException {
        if (Files.isDirectory(one)) {
            one.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        }
    }

    private static void waitForQuiet(WatchService watch) throws InterruptedException {
        WatchKey told = watch.poll(UNTOLD_MS, TimeUnit.MILLISECONDS);
        for (int i = 0; told != null && i < MOST_QUIETS; i++) {
            told.pollEvents();
            told.reset();
            told = watch.poll(QUIET_MS, TimeUnit.MILLISECONDS);
        }
        if (told != null) {
            told.reset();
        }
    }
}
