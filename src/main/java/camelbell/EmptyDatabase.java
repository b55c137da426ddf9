package camelbell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Answers as a PostgreSQL whose tables are empty would, as far as a hub in training asks: it understands no SQL, keeps
 * nothing and lets in whoever is on this machine. Source: PostgreSQL 17, "Frontend/Backend Protocol", version 3.0.
 */
final class EmptyDatabase implements AutoCloseable {

    private final ServerSocket listener;

    EmptyDatabase() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(() -> {
            while (true) {
                Socket client = listener.accept();
                thread(() -> new EmptyDatabaseSession(client).serve());
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException gone) {
                        // the hub has ended, or this has
                    }
                },
                "empty-database");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "jdbc:postgresql://localhost:" + listener.getLocalPort() + "/empty";
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
