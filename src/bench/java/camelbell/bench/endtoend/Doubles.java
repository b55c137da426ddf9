package camelbell.bench.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of both providers. Says its ports when it is up; answers each line that it is sent with one that tells what it
 * has been sent. Arguments: milliseconds that a mail takes, and a message.
 */
final class Doubles {

    private Doubles() {}

    public static void main(String[] args) throws IOException {
        SmtpSink mail = new SmtpSink(Integer.parseInt(args[0]));
        CloudApiSink whatsapp = new CloudApiSink(Integer.parseInt(args[1]));
        System.out.println("ports " + mail.port() + " " + whatsapp.port());
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(
                        line.equals("count")
                                ? "count " + (mail.tally.all() + whatsapp.tally.all())
                                : "seen " + mail.tally.line() + " " + whatsapp.tally.line());
            }
        }
        System.exit(0); // whoever asked is gone
    }
}
