package camelbell.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Clients of the REST API that cost little themselves: one kept connection each, and of an answer only its length is read. */
final class RestLoad {

    private static final int BUFFER = 65_536;

    private RestLoad() {}

    /**
     * What came of it.
     *
     * @param p50 milliseconds
     * @param p99 milliseconds
     */
    record Result(double perSecond, double p50, double p99) {

        static Result of(double seconds, long[] nanos) {
            Arrays.sort(nanos);
            return new Result(nanos.length / seconds, at(nanos, 0.5), at(nanos, 0.99));
        }

        private static double at(long[] sorted, double share) {
            return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
        }
    }

    /** So many clients, each with one request after the other, for so long. */
    static Result run(int port, int clients, double seconds, Supplier<byte[]> requests) throws Exception {
        return run(port, clients, seconds, 0, requests);
    }

    /** The same, but together no more than so many a second: times are from when a request was due. 0: one after the other. */
    static Result run(int port, int clients, double seconds, int perSecond, Supplier<byte[]> requests)
            throws Exception {
        long period = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(clients) / perSecond;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        List<Callable<long[]>> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            all.add(() -> client(port, end, period, requests));
        }
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<long[]> times = new ArrayList<>();
            for (Future<long[]> client : threads.invokeAll(all)) {
                times.add(client.get());
            }
            return Result.of(
                    seconds, times.stream().flatMapToLong(Arrays::stream).toArray());
        } finally {
            threads.shutdown();
        }
    }

    /** One request. */
    static void once(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request);
            skipAnswer(new BufferedInputStream(socket.getInputStream(), BUFFER));
        }
    }

    private static long[] client(int port, long end, long period, Supplier<byte[]> requests)
            throws IOException, InterruptedException {
        long[] times = new long[1024];
        int count = 0;
        try (Socket socket = new Socket("localhost", port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            long first = System.nanoTime()
                    + (period == 0 ? 0 : ThreadLocalRandom.current().nextLong(period));
            for (long begun = first; begun < end; begun = period == 0 ? System.nanoTime() : begun + period) {
                TimeUnit.NANOSECONDS.sleep(begun - System.nanoTime());
                socket.getOutputStream().write(requests.get());
                skipAnswer(in);
                if (count == times.length) {
                    times = Arrays.copyOf(times, count * 2);
                }
                times[count++] = System.nanoTime() - begun;
            }
        }
        return Arrays.copyOf(times, count);
    }

    /** The hub has answered something else than 200. */
    static final class NotAnswered extends IOException {

        private static final long serialVersionUID = 1;

        NotAnswered(String status) {
            super("The hub answered " + status);
        }
    }

    /** Reads one answer to its end. */
    static void skipAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new NotAnswered(status);
        }
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            } else if (line.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
                chunked = true;
            }
        }
        if (!chunked) {
            in.skipNBytes(length);
            return;
        }
        for (int size = -1; size != 0; ) {
            size = Integer.parseInt(line(in), 16);
            in.skipNBytes(size + 2L);
        }
    }

    private static String line(InputStream in) throws IOException {
        byte[] line = new byte[512];
        int length = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The hub has closed the connection");
            }
            if (length < line.length) {
                line[length++] = (byte) c;
            }
        }
        return new String(line, 0, Math.max(0, length - 1), StandardCharsets.ISO_8859_1);
    }
}
