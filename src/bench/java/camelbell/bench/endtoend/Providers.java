package camelbell.bench.endtoend;

import camelbell.bench.Child;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The process of both doubles, as whoever measures sees it. One for each turn, so that its counts begin at nothing. */
public final class Providers implements AutoCloseable {

    private final Child process;
    private final int mailPort;
    private final int cloudApiPort;

    /**
     * What they have been sent so far.
     *
     * @param p50 of the mails since the last look, from when the event was posted; ms
     * @param mailBytes of all mails, as the relay is given them
     * @param messageBytes of the bodies of all messages
     */
    public record Seen(
            long mails,
            long differentMails,
            long p50,
            long p99,
            long longest,
            long mailBytes,
            long messages,
            long differentMessages,
            long messageBytes) {}

    public Providers(String turn, int mailMillis, int whatsappMillis) throws InterruptedException {
        List<String> command = Child.java(List.of("-Xmx1g"), true, Doubles.class);
        command.addAll(List.of(String.valueOf(mailMillis), String.valueOf(whatsappMillis)));
        process = new Child(turn + "-providers", command, Map.of());
        String[] ports = process.await(Pattern.compile("ports (.*)")).split(" ", -1);
        mailPort = Integer.parseInt(ports[0]);
        cloudApiPort = Integer.parseInt(ports[1]);
    }

    public int mailPort() {
        return mailPort;
    }

    public int cloudApiPort() {
        return cloudApiPort;
    }

    public long pid() {
        return process.pid();
    }

    /** Mails and messages together. */
    long count() throws IOException, InterruptedException {
        return Long.parseLong(process.ask("count", Pattern.compile("count (\\d+)")));
    }

    public Seen seen() throws IOException, InterruptedException {
        long[] n = Arrays.stream(
                        process.ask("seen", Pattern.compile("seen (.*)")).split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Seen(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[11]);
    }

    @Override
    public void close() {
        process.close();
    }
}
