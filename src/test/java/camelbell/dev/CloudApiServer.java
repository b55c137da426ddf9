package camelbell.dev;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The double of Meta's Cloud API as a program of its own, for docker-compose.yml. */
@Command(name = "whatsapp-double", description = "A double of Meta's WhatsApp Cloud API.")
public final class CloudApiServer implements Callable<Integer> {

    @Option(names = "--host", defaultValue = "localhost", description = "Address to listen on.")
    private String host = "localhost";

    @Option(names = "--port", defaultValue = "8090", description = "Port to listen on.")
    private int port;

    @Option(names = "--phone-number-id", required = true, description = "The only number that may send.")
    private String phoneNumberId = "";

    @Option(names = "--access-token", required = true, description = "The only token that is believed.")
    private String accessToken = "";

    @Option(names = "--keep", defaultValue = "1000", description = "So many requests can be read afterwards.")
    private int keep;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Keeps them there; without it they go with the process.")
    private @Nullable Path data;

    @Option(names = "--webhook", description = "The hub's status webhook; without it no receipts are sent.")
    private String webhook = "";

    @Option(names = "--app-secret", description = "Signs the receipts.")
    private String appSecret = "";

    @Option(
            names = "--receipt-delay-ms",
            defaultValue = "1000",
            description = "Before the first, and before the second.")
    private int receiptDelayMs;

    private CloudApiServer() {}

    public static void main(String[] args) {
        try {
            System.exit(new CommandLine(new CloudApiServer()).execute(args));
        } catch (LinkageError e) {
            // the server's threads would keep the process up, and whoever waits for its health waiting
            System.err.println("The double lacks a part of its class path: " + e);
            System.exit(CommandLine.ExitCode.SOFTWARE);
        }
    }

    /** Serves until the process is stopped. */
    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (CloudApiDouble cloud = new CloudApiDouble(host, port, phoneNumberId, accessToken, keep, file())) {
            if (!webhook.isEmpty()) {
                cloud.sendReceipts(ReceiptRules.plain(webhook, appSecret, receiptDelayMs));
            }
            System.out.println("WhatsApp double listening on port " + cloud.port());
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
            stopped.await();
        }
        return 0;
    }

    private @Nullable Path file() {
        return data == null ? null : data.resolve("received.ndjson");
    }
}
