package camelbell.dev;

import camelbell.CamelbellApplication;
import camelbell.model.Stopping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** The hub with everything around it, for a machine with a JDK and Maven: {@code mvn spring-boot:test-run}. */
@Command(
        name = "mvn spring-boot:test-run -Dspring-boot.run.arguments=",
        version = "camelbell, embedded",
        separator = "=",
        sortOptions = false,
        description =
                "Runs the hub with a real Kafka, a real PostgreSQL, a mailbox, a double of Meta's Cloud API, and a page in"
                        + " which all of it is seen at work.",
        mixinStandardHelpOptions = true,
        footer = {"", "Settings of the hub may follow, such as --camelbell.delivery.lease=5s."})
public final class EmbeddedHub implements Callable<Integer> {

    @Option(names = "--reset", description = "Forgets all data of earlier runs first.")
    private boolean reset;

    @Option(
            names = "--no-samples",
            description = "Publishes no sample users: for data that brings administrators of its own.")
    private boolean withoutSamples;

    @Mixin
    private EmbeddedPorts ports = new EmbeddedPorts();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = ".embedded",
            description = "Where data stays between runs. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of(".embedded");

    private Path log = Path.of("");

    @Unmatched
    private List<String> settings = new ArrayList<>();

    private EmbeddedHub() {}

    public static void main(String[] args) {
        int exitCode = new CommandLine(new EmbeddedHub())
                .setParameterExceptionHandler((e, given) -> said(e.getMessage(), CommandLine.ExitCode.USAGE))
                .setExecutionExceptionHandler((e, command, given) -> failed(e))
                .execute(args);
        if (exitCode != 0) {
            ParentWatch.endSilently();
            System.exit(exitCode);
        }
    }

    @Override
    public Integer call() {
        long began = System.nanoTime();
        HubSettings overrides = HubSettings.parse(settings);
        EmbeddedFolder folder = EmbeddedFolder.open(data);
        log = folder.useLog();
        if (reset) {
            folder.reset();
        }
        folder.stopOrphans();
        ports.requireFree();
        ParentWatch.start();
        Screen.say("Camelbell starts; what it logs is in " + log + ".");
        EmbeddedServers servers = EmbeddedServers.start(ports, folder, overrides, !withoutSamples);
        SpringApplication.getShutdownHandlers().add(servers::close);
        ConfigurableApplicationContext unused =
                Screen.doing("Hub, its tables, routes and consumers", () -> run(servers, overrides));
        if (!withoutSamples) {
            SampleUsers.publishOnce(servers.kafkaBrokers(), overrides.usersTopic());
        }
        folder.writeCommand(overrides.over(servers.settings()));
        Welcome welcome = new Welcome(ports, folder, servers, !withoutSamples);
        welcome.awaitApi(Duration.ofSeconds(10));
        System.out.println(welcome.text(Duration.ofNanos(System.nanoTime() - began)));
        return 0;
    }

    private ConfigurableApplicationContext run(EmbeddedServers servers, HubSettings overrides) {
        SpringApplication hub = new SpringApplication(CamelbellApplication.class);
        hub.setMainApplicationClass(CamelbellApplication.class);
        hub.addInitializers(
                new ProductionBeansOnly(), FrontPage.of(servers.hasPlayground() ? ports.playground : 0, ports.mailbox));
        try {
            return hub.run(overrides.argumentsOver(servers.settings()));
        } catch (RuntimeException e) {
            String why = LastAnalysis.sentence();
            throw new CannotStart(why.isEmpty() ? "The hub did not start; " + log + " says why." : why, e);
        }
    }

    private static int failed(Exception e) {
        if (Stopping.begun()) {
            return CommandLine.ExitCode.SOFTWARE; // by Ctrl-C: nothing failed
        }
        if (!(e instanceof CannotStart)) {
            LoggerFactory.getLogger(EmbeddedHub.class).error("The embedded hub did not start", e);
        }
        return said(e.getMessage(), CommandLine.ExitCode.SOFTWARE);
    }

    private static int said(@Nullable String sentence, int exitCode) {
        System.err.println(sentence);
        return exitCode;
    }
}
