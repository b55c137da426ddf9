package camelbell.operations;

import camelbell.model.MalformedEvent;
import camelbell.model.Operators;
import camelbell.model.Plan;
import camelbell.operations.SimulatedEvent.Bounds;
import camelbell.operations.SimulatedEvent.SimulatedDeadLetter;
import camelbell.rest.Json;
import camelbell.simulation.Difference;
import camelbell.simulation.HubTables;
import camelbell.simulation.People;
import camelbell.simulation.Simulation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: what an event would come to, or what differs between two versions of the tables; nothing is sent or stored. */
@Command(
        name = "simulate",
        description = {
            "Says whom an event would be told to, over what, in which words, and why nobody else; or what differs between"
                    + " two versions of the tables. Nothing is sent, nothing stored.",
            "",
            "People are those of --users, nobody of whom has opted out, or those of the hub's database, which is only read."
        },
        footer = {
            "  camelbell simulate --event event.json --users users.ndjson --routes ./routes",
            "  camelbell simulate --event event.json --person 3 --open",
            "  camelbell simulate --events events.ndjson.gz --against ./routes-of-today"
        },
        exitCodeList = {
            ExitCode.DONE_IS,
            "1:failed, or the tables are not right; a sentence on stderr says where and why",
            ExitCode.NOT_UNDERSTOOD_IS,
            "3:the hub would refuse the event",
            "4:nobody would be told"
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

    private static final int MOST_PEOPLE = 100;

    private final Supplier<Operators> operators;
    private final Consumer<Path> browser;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "The folder with policy.yaml, templates and the rest; by default camelbell.routes.")
    private @Nullable Path routes;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "With --events: the version to compare with; by default camelbell.routes.")
    private @Nullable Path against;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description =
                    "The people, as records of the topic users (ndjson, plain or gzip); by default the database's.")
    private @Nullable Path users;

    @Option(
            names = "--person",
            paramLabel = "ID",
            description = "Show this person, meant or not; may be given several times.")
    private List<Long> people = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Show at most so many people; " + MOST_PEOPLE + " without it. All are counted.")
    private int limit = MOST_PEOPLE;

    @ArgGroup
    private @Nullable Form form;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param browser what shows a page to the person who typed */
    SimulateCommand(Supplier<Operators> operators, Consumer<Path> browser) {
        this.operators = operators;
        this.browser = browser;
    }

    private static final class What {

        @Option(names = "--event", paramLabel = "FILE", description = "One CloudEvent, as Kafka would get it.")
        private @Nullable Path event;

        @Option(
                names = "--events",
                paramLabel = "FILE",
                description =
                        "CloudEvents, one a line (ndjson, plain or gzip): what differs for them between two versions.")
        private @Nullable Path events;
    }

    private static final class Form {

        @Option(names = "--json", description = "Print JSON, HTML of mails included.")
        private boolean json;

        @Option(names = "--open", description = "Write a page with the mails as they look, and open it.")
        private boolean open;
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new CommandFailedException(ExitCode.NOT_UNDERSTOOD, "--limit is a number of people, 0 or more.");
        }
        Settings settings = Settings.load();
        Path event = what.event;
        Path events = what.events;
        if (event != null) {
            refuse(against != null, "--against compares files of events: write --events FILE, not --event.");
            byte[] value = EventFile.read(event);
            return people(settings, who -> one(settings, value, who));
        }
        if (events == null) {
            throw new IllegalStateException("picocli wants one of them");
        }
        refuse(
                routes == null && against == null,
                "--events compares two versions: name one by --routes, or --against.");
        refuse(isOpen(), "--open shows one event; without it the difference is printed.");
        refuse(!people.isEmpty(), "--person is for one event; --json names examples of people.");
        return people(settings, who -> difference(settings, events, who));
    }

    private static void refuse(boolean wrong, String sentence) {
        if (wrong) {
            throw new CommandFailedException(ExitCode.NOT_UNDERSTOOD, sentence);
        }
    }

    private boolean isJson() {
        return form != null && form.json;
    }

    private boolean isOpen() {
        return form != null && form.open;
    }

    private int people(Settings settings, Function<People, Integer> work) {
        return users == null
                ? Database.read(settings, jdbc -> work.apply(People.in(jdbc)))
                : work.apply(People.of(UsersFile.read(users, spec.commandLine().getErr())));
    }

    private int one(Settings settings, byte[] value, People who) {
        try (HubTables tables = RouteFolder.open(settings, routes, operators.get(), who)) {
            Instant now = Instant.now();
            Simulation.Fate fate = tables.simulation().of(value, now);
            Plan plan = fate.plan();
            if (plan == null) {
                throw refused(fate.malformed());
            }
            List<Long> only = people.stream().distinct().toList();
            show(SimulatedEvent.of(
                    tables.simulation(),
                    plan,
                    now,
                    new Bounds(only.isEmpty() ? limit : only.size(), Long.MAX_VALUE, only)));
            if (plan.notices().stream().allMatch(notice -> notice.skipped() != null)) {
                throw new CommandFailedException(
                        ExitCode.NOBODY_TOLD,
                        plan.notices().isEmpty()
                                ? "Nobody would be told of it: no rule that counts names anybody active whom the"
                                        + " directory has."
                                : "Nobody would be told of it: whom the rules name cannot be reached, see the reasons.");
            }
            return ExitCode.DONE;
        }
    }

    private CommandFailedException refused(@Nullable MalformedEvent malformed) {
        if (malformed == null) {
            throw new IllegalStateException("there is a plan, or a reason why there is none");
        }
        SimulatedDeadLetter deadLetter = SimulatedDeadLetter.of(malformed);
        if (isJson()) {
            print(Map.of("dead_letter", deadLetter));
        }
        return new CommandFailedException(
                ExitCode.REFUSED, "The hub would refuse the event: " + deadLetter.sentence() + ".");
    }

    private void show(SimulatedEvent event) {
        if (isJson()) {
            print(event);
        } else if (isOpen()) {
            Path page = SimulationPage.write(event);
            spec.commandLine().getOut().println("The page is " + page);
            browser.accept(page);
        } else {
            spec.commandLine().getOut().print(SimulationText.of(event));
        }
        spec.commandLine().getOut().flush();
    }

    private int difference(Settings settings, Path events, People who) {
        Operators one = operators.get();
        try (HubTables before = RouteFolder.open(settings, against, one, who);
                HubTables after = RouteFolder.open(settings, routes, one, who)) {
            Difference difference = new Difference(before.simulation(), after.simulation());
            Instant now = Instant.now();
            RecordFile.forEachLine(events, (number, value) -> difference.add(value, now));
            PrintWriter out = spec.commandLine().getOut();
            if (isJson()) {
                print(DifferenceView.of(difference.report()));
            } else {
                out.print(DifferenceView.of(difference.report()).text());
            }
            out.flush();
            return ExitCode.DONE;
        }
    }

    private void print(Object value) {
        spec.commandLine().getOut().println(new String(Json.bytes(value), StandardCharsets.UTF_8));
    }
}
