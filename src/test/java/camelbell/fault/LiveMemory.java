package camelbell.fault;

import camelbell.it.HubProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Bytes of heap that a hub still uses after a full collection. */
final class LiveMemory {

    private LiveMemory() {}

    static long of(HubProcess hub) {
        try {
            new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(hub.pid()), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(30, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot have the hub collect its garbage", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (long) hub.metric("jvm.memory.used?tag=area:heap");
    }
}
