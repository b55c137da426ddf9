package camelbell.bench.endtoend;

import camelbell.bench.Child;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The process of both doubles, as whoever measures sees it. One for each turn, so that its counts begin at nothing. */
final class Providers implements AutoCloseable {

    private final Child process;
    private final int mailPort;
    private final int cloudApiPort;

    /**
     * What they have been sent so far.
     *
     * @param p50 of the mails since the last look, from when the event was posted; ms
     */
    record Seen(
            long mails, long differentMails, long p50, long p99, long longest, long messages, long differentMessages) {}

    Providers(String turn, Options options) throws InterruptedException {
        List<String> command = Child.java(List.of("-Xmx1g"), true, Doubles.class);
        command.addAll(List.of(String.valueOf(options.mailMillis()), String.valueOf(options.whatsappMillis())));
        process = new Child(turn + "-providers", command, Map.of());
        String[] ports = process.await(Pattern.compile("ports (.*)")).split(" ", -1);
        mailPort = Integer.parseInt(ports[0]);
        cloudApiPort = Integer.parseInt(ports[1]);
    }

    int mailPort() {
        return mailPort;
    }

    int cloudApiPort() {
        return cloudApiPort;
    }

    long pid() {
        return process.pid();
    }

    /** Mails and messages together. */
    long count() throws IOException, InterruptedException {
        return Long.parseLong(process.ask("count", Pattern.compile("count (\\d+)")));
    }

    Seen seen() throws IOException, InterruptedException {
        long[] n = Arrays.stream(
                        process.ask("seen", Pattern.compile("seen (.*)")).split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Seen(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
    }

    @Override
    public void close() {
        process.close();
    }
}
