package camelbell.channel.mail;

import static camelbell.model.ADelivery.WHATSAPP;
import static camelbell.model.ADelivery.aDelivery;

import camelbell.bench.Machine;
import camelbell.channel.ChannelApplication;
import camelbell.channel.ChannelApplication.Ends;
import camelbell.dev.CloudApiDouble;
import camelbell.dev.Mailbox;
import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.Sent;
import camelbell.model.Dispatch;
import camelbell.model.MailContent;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Messages a second through the channels' routes to servers on this machine, beside a plain loop on as many threads
 * that connects for every mail, in turns in one run. Arguments: messages a round, rounds.
 */
final class ChannelThroughput {

    /** The plain loop is slow; it sends this part of the messages. */
    private static final int PLAIN_SHARE = 5;

    private final ConfigurableApplicationContext hub;
    private final int messages;
    private final int threads;

    private ChannelThroughput(ConfigurableApplicationContext hub, int messages) {
        this.hub = hub;
        this.messages = messages;
        this.threads = hub.getEnvironment().getRequiredProperty("camelbell.mail.concurrency", Integer.class);
    }

    public static void main(String[] arguments) throws InterruptedException, java.io.IOException {
        System.out.println(Machine.line());
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        try (CloudApiDouble meta = new CloudApiDouble("localhost", 0, "4242", "token", 10);
                Mailbox mailbox = new Mailbox("localhost", 0, 0, 10);
                ScriptedSmtp sink = new ScriptedSmtp(false)) {
            measure("GreenMail", mailbox.smtpPort(), meta, messages, rounds);
            measure("a sink", sink.port(), meta, messages, rounds);
        }
    }

    private static void measure(String server, int port, CloudApiDouble meta, int messages, int rounds)
            throws InterruptedException {
        SpringApplication application = new SpringApplication(ChannelApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext hub = application.run(
                "--camelbell.routes=file:routes",
                "--camel.main.run-controller=false", // it would keep the process when all is measured
                "--camelbell.mail.host=127.0.0.1",
                "--camelbell.mail.port=" + port,
                "--camelbell.whatsapp.base-url=" + meta.baseUrl(),
                "--camelbell.whatsapp.phone-number-id=4242",
                "--camelbell.whatsapp.access-token=token",
                "--camel.main.routes-include-pattern=file:routes/00-*.camel.yaml,file:routes/45-*.camel.yaml,file:routes/50-*.camel.yaml,"
                        + "file:routes/51-*.camel.yaml")) {
            ChannelThroughput run = new ChannelThroughput(hub, messages);
            for (int round = 1; round <= rounds; round++) {
                double plain = run.plainLoop(port);
                double mail = run.route(aDelivery());
                double whatsApp = run.route(aDelivery().over(WHATSAPP));
                System.out.printf(
                        "%s, round %d: plain loop %.0f/s, mail route %.0f/s (%.1f times), WhatsApp route %.0f/s%n",
                        server, round, plain, mail, mail / plain, whatsApp);
            }
        }
    }

    private double route(ADelivery delivery) throws InterruptedException {
        ProducerTemplate camel = hub.getBean(ProducerTemplate.class);
        Ends ends = hub.getBean(Ends.class);
        String endpoint = delivery.channel().endpoint() + "&waitForTaskToComplete=Never";
        long begun = System.nanoTime();
        Thread feeder = new Thread(() -> {
            for (long i = 0; i < messages; i++) {
                camel.sendBody(endpoint, new Dispatch(List.of(delivery.delivery(i))));
            }
        });
        feeder.start();
        for (int i = 0; i < messages; i++) {
            if (!(ends.settled().take().outcome() instanceof Sent)) {
                throw new IllegalStateException("a message was not sent");
            }
        }
        return rate(messages, begun);
    }

    private double plainLoop(int port) throws InterruptedException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(port));
        Session session = Session.getInstance(properties);
        AtomicInteger left = new AtomicInteger(messages / PLAIN_SHARE);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        long begun = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            workers.execute(() -> {
                while (left.getAndDecrement() > 0) {
                    sendAlone(session, aDelivery().delivery(left.get()));
                }
            });
        }
        workers.shutdown();
        if (!workers.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the plain loop does not end");
        }
        return rate(messages / PLAIN_SHARE, begun);
    }

    private void sendAlone(Session session, Delivery delivery) {
        MailContent content =
                new MailContent("[#63] Homepage not loading", "text ".repeat(80), "<p>html</p>".repeat(400), null);
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = hub.getBean(MailEnvelope.class).seal(delivery, content);
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double rate(int messages, long begun) {
        return messages * 1e9 / (System.nanoTime() - begun);
    }
}
