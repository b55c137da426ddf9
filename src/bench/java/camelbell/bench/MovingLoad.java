package camelbell.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients of the REST API behind something that knows which nodes serve: each keeps a connection, and goes to another node when
 * its own has ended it or no longer serves. So many requests a second together, timed from when each was due.
 */
final class MovingLoad implements AutoCloseable {

    private static final int BUFFER = 65_536;
    private static final int STAYS = 200; // requests, after which a client spreads anew
    private static final int TRIES = 600;
    private static final int BETWEEN_TRIES = 50; // ms
    private static final int SILENCE = 30_000; // ms, after which another node is asked

    private final List<Thread> clients = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private final AtomicLong moved = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long period;
    private final Supplier<byte[]> requests;
    private volatile List<Integer> ports = List.of();
    private volatile boolean over;

    /**
     * What came of a while.
     *
     * @param moved requests that had to be sent again, since the connection had been ended or nobody answered
     * @param p50 milliseconds, as the others
     */
    record Window(int requests, long moved, double p50, double p99, double longest) {}

    MovingLoad(int clients, int perSecond, Supplier<byte[]> requests) {
        this.period = TimeUnit.SECONDS.toNanos(clients) / perSecond;
        this.requests = requests;
        for (int client = 0; client < clients; client++) {
            Thread thread = new Thread(this::client, "client-" + client);
            this.clients.add(thread);
            thread.start();
        }
    }

    /** Who serves from now on. */
    void ports(List<Integer> ports) {
        this.ports = ports;
    }

    /** Since it was asked before. */
    Window window() {
        double[] millis;
        synchronized (nanos) {
            millis = nanos.stream().mapToDouble(time -> time / 1e6).sorted().toArray();
            nanos.clear();
        }
        return new Window(millis.length, moved.getAndSet(0), at(millis, 0.5), at(millis, 0.99), at(millis, 1));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * share)];
    }

    /** Requests that nobody answered, or not with 200, so far. */
    long failed() {
        return failed.get();
    }

    private void client() {
        Connection connection = new Connection();
        try {
            long due = System.nanoTime() + ThreadLocalRandom.current().nextLong(period);
            for (; !over; due += period) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                if (!ports.isEmpty()) {
                    if (!connection.answers(requests.get())) {
                        failed.incrementAndGet();
                    }
                    synchronized (nanos) {
                        nanos.add(System.nanoTime() - due);
                    }
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            connection.end();
        }
    }

    private final class Connection {

        private @Nullable Socket socket;
        private @Nullable BufferedInputStream in;
        private int port;
        private int asked;

        boolean answers(byte[] request) throws InterruptedException {
            if (asked++ % STAYS == 0 || !ports.contains(port)) {
                end();
            }
            for (int attempt = 0; attempt < TRIES; attempt++) {
                try {
                    open().getOutputStream().write(request);
                    RestLoad.skipAnswer(Objects.requireNonNull(in));
                    return true;
                } catch (RestLoad.NotAnswered refused) {
                    end();
                    return false;
                } catch (IOException gone) {
                    end();
                    if (attempt == 0) {
                        moved.incrementAndGet();
                    }
                    TimeUnit.MILLISECONDS.sleep(attempt == 0 ? 0 : BETWEEN_TRIES);
                }
            }
            return false;
        }

        private Socket open() throws IOException {
            Socket open = socket;
            if (open == null) {
                List<Integer> serving = ports;
                port = serving.get(ThreadLocalRandom.current().nextInt(serving.size()));
                open = new Socket("localhost", port);
                open.setTcpNoDelay(true);
                open.setSoTimeout(SILENCE);
                in = new BufferedInputStream(open.getInputStream(), BUFFER);
                socket = open;
            }
            return open;
        }

        private void end() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException gone) {
                // as it should be
            }
            socket = null;
        }
    }

    @Override
    public void close() {
        over = true;
        clients.forEach(Thread::interrupt);
    }
}
