package camelbell.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the hub and one service and harms the connections: down, stalled (half-open: accepted, then nothing
 * moves and nobody is told), slow, a byte at a time, or cut at a word such as PostgreSQL's COMMIT. Healthy until told
 * otherwise; a change concerns open connections too. Why it is our own: decision 0013.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private volatile int target;
    private final ServerSocket server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean stalled;
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration perByte = Duration.ZERO;
    private volatile CutAt cutAt = CutAt.never();

    public FaultProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("fault-proxy-" + target, this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Sends whoever comes from now on to another service, and whoever is there away. */
    public void target(int port) {
        target = port;
        cut();
    }

    /** Connections that came so far, those that were refused included. */
    public int accepted() {
        return accepted.get();
    }

    int open() {
        return links.size();
    }

    /** Healthy again, for new connections and those that survived. */
    public void heal() {
        down = false;
        stalled = false;
        delay = Duration.ZERO;
        perByte = Duration.ZERO;
        cutAt = CutAt.never();
    }

    /** Resets what is open and whoever comes. */
    public void down() {
        down = true;
        cut();
    }

    /** Resets what is open; new connections pass. */
    public void cut() {
        links.forEach(Link::reset);
    }

    /** Takes connections and bytes, and passes nothing on. */
    public void stall() {
        stalled = true;
    }

    /** Holds every piece back for so long, in both directions. */
    void delay(Duration wait) {
        delay = wait;
    }

    /** Passes one byte each so often, in both directions. */
    void drip(Duration each) {
        perByte = each;
    }

    /**
     * Resets the connection on which the client says this word, so many times.
     *
     * @param heard true: the service hears the word, and the client never learns what came of it
     */
    public void cutAt(String word, boolean heard, int times) {
        cutAt = new CutAt(word, heard, times);
    }

    /** How often {@link #cutAt} has struck since it was set. */
    int cuts() {
        return cutAt.struck();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                if (down) {
                    reset(client);
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // closed, or the client has gone already
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
            links.add(link);
            daemon("fault-proxy-up", () -> link.relay(true));
            daemon("fault-proxy-down", () -> link.relay(false));
        } catch (IOException e) {
            reset(client); // the service is away
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket service;
        private volatile boolean answerLost;

        Link(Socket client, Socket service) throws IOException {
            this.client = client;
            this.service = service;
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
        }

        void relay(boolean up) {
            byte[] buffer = new byte[BUFFER];
            CutAt.Search search = new CutAt.Search();
            try {
                InputStream in = (up ? client : service).getInputStream();
                OutputStream out = (up ? service : client).getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    awaitFlow();
                    CutAt current = cutAt;
                    if (up && search.strikes(current, buffer, read)) {
                        strike(out, buffer, read, current.heard());
                        return;
                    }
                    if (!up && answerLost) {
                        continue; // the service may answer before the client is reset
                    }
                    pass(out, buffer, read);
                }
                awaitFlow();
                end();
            } catch (IOException e) {
                end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void pass(OutputStream out, byte[] bytes, int count) throws IOException, InterruptedException {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
            int passed = 0;
            while (!perByte.isZero() && passed < count) {
                out.write(bytes[passed++]);
                TimeUnit.NANOSECONDS.sleep(perByte.toNanos());
            }
            out.write(bytes, passed, count - passed);
        }

        private void strike(OutputStream out, byte[] bytes, int count, boolean heard) throws IOException {
            if (heard) {
                answerLost = true;
                out.write(bytes, 0, count);
                service.shutdownOutput(); // a reset could take back what was not read yet
                FaultProxy.reset(client);
            } else {
                reset();
            }
        }

        private void awaitFlow() throws InterruptedException {
            while (stalled && !client.isClosed()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        /** One side has ended: what it said has been passed on, and the other is told. */
        private void end() {
            links.remove(this);
            for (Socket socket : new Socket[] {client, service}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // closed already
                }
            }
        }

        void reset() {
            links.remove(this);
            FaultProxy.reset(client);
            FaultProxy.reset(service);
        }
    }
}
