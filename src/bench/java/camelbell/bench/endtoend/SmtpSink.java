package camelbell.bench.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** Takes every mail. Copies of one have the same {@code Message-ID}. */
final class SmtpSink extends Sink {

    SmtpSink(int millis) {
        super(millis);
    }

    @Override
    void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
        say(out, "220 sink\r\n");
        for (String line = line(in); line != null; line = line(in)) {
            String command = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            switch (command) {
                case "EHLO" -> say(out, "250-sink\r\n250 8BITMIME\r\n");
                case "DATA" -> {
                    say(out, "354 go on\r\n");
                    mail(in);
                    provide();
                    say(out, "250 taken\r\n");
                }
                case "QUIT" -> {
                    say(out, "221 bye\r\n");
                    return;
                }
                default -> say(out, "250 ok\r\n");
            }
        }
    }

    private void mail(InputStream in) throws IOException {
        String name = "";
        String subject = "";
        long size = 0;
        for (String line = line(in); line != null && !line.equals("."); line = line(in)) {
            size += line.length() + 2;
            if (name.isEmpty() && line.regionMatches(true, 0, "Message-ID:", 0, 11)) {
                name = line.length() > 12 ? line : String.valueOf(line(in)); // a long one stands on the next line
            } else if (subject.isEmpty() && line.contains(Load.POSTED)) {
                subject = line;
            }
        }
        tally.add(name, subject, size);
    }
}
