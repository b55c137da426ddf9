package camelbell.rule;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** R1 to R5: who may know whom. */
@AnalyzeClasses(packages = "camelbell", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {

    @ArchTest
    static final ArchRule R1_the_model_knows_only_the_language = classes()
            .that()
            .resideInAPackage("camelbell.model")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "camelbell.model");

    @ArchTest
    static final ArchRule R2_stages_never_know_each_other = slices().matching("camelbell.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("camelbell.model"))
            // how a YAML table is read and complained of; it knows no stage (R2 holds for it, too)
            .ignoreDependency(alwaysTrue(), resideInAPackage("camelbell.configuration"))
            // one spelling for every address, by a library that the model may not know; it knows no stage either
            .ignoreDependency(alwaysTrue(), resideInAPackage("camelbell.address"))
            // every write to what was recorded: who changes it asks there (StoreRulesTest)
            .ignoreDependency(
                    resideInAnyPackage(
                            "camelbell.api", "camelbell.archive", "camelbell.operations", "camelbell.receipt"),
                    resideInAPackage("camelbell.store"))
            // the files of what is old: operators list, verify and restore them
            .ignoreDependency(resideInAPackage("camelbell.operations"), resideInAPackage("camelbell.archive"))
            // what an event would come to: it knows no stage, the stages' ports alone
            .ignoreDependency(resideInAPackage("camelbell.operations"), resideInAPackage("camelbell.simulation"))
            // how answers, queries and times are written over HTTP; it knows no stage
            .ignoreDependency(alwaysTrue(), resideInAPackage("camelbell.rest"))
            // what the route files say of themselves; it knows no stage
            .ignoreDependency(alwaysTrue(), resideInAPackage("camelbell.flow"))
            // what is wrong with a folder of routes and tables: it has each table read by its own stage's reader
            .ignoreDependency(
                    resideInAPackage("camelbell.check"),
                    resideInAnyPackage("camelbell.recipient", "camelbell.message", "camelbell.channel"))
            // one way to every broker, for the routes as for the commands; it knows no stage either
            .ignoreDependency(alwaysTrue(), resideInAPackage("camelbell.kafka"));

    /** The packages of the channels know the one that they lie in; of each other only the HTTP client, and nothing above. */
    @ArchTest
    static final ArchRule R2_packages_of_a_stage_never_know_each_other = slices().matching("camelbell.channel.(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAPackage("camelbell.channel.whatsapp"), resideInAPackage("camelbell.channel.http"));

    @ArchTest
    static final ArchRule R2_what_all_channels_share_knows_no_provider = noClasses()
            .that()
            .resideInAPackage("camelbell.channel")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("camelbell.channel.*");

    /** The order of the glue: what all share lies at the bottom, a protocol knows its own health, a socket begins as HTTP. */
    @ArchTest
    static final ArchRule R2_the_glue_is_layered = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("camelbell.runtime..")
            .layer("glue")
            .definedBy("camelbell.runtime")
            .layer("health")
            .definedBy("camelbell.runtime.health")
            .layer("database")
            .definedBy("camelbell.runtime.database")
            .layer("kafka")
            .definedBy("camelbell.runtime.kafka")
            .layer("http")
            .definedBy("camelbell.runtime.http")
            .layer("page")
            .definedBy("camelbell.runtime.page")
            .layer("websocket")
            .definedBy("camelbell.runtime.websocket")
            .layer("reload")
            .definedBy("camelbell.runtime.reload")
            .layer("start")
            .definedBy("camelbell.runtime.start")
            .whereLayer("glue")
            .mayNotAccessAnyLayer()
            .whereLayer("database")
            .mayOnlyAccessLayers("glue")
            .whereLayer("start")
            .mayOnlyAccessLayers("glue")
            .whereLayer("health")
            .mayOnlyAccessLayers("glue")
            .whereLayer("reload")
            .mayOnlyAccessLayers("glue", "health")
            .whereLayer("kafka")
            .mayOnlyAccessLayers("glue", "health")
            .whereLayer("http")
            .mayOnlyAccessLayers("glue", "health")
            .whereLayer("page")
            .mayOnlyAccessLayers("glue", "http")
            .whereLayer("websocket")
            .mayOnlyAccessLayers("glue", "http");

    /** What the glue's packages may be asked for by one another. */
    private static final Set<String> OPEN_IN_THE_GLUE = Set.of(
            "BackoffProperties",
            "ChannelRoutes", // what a channel's route has to be, for those that come while the hub runs
            "FailureLog",
            "ProductVersion",
            "Reason",
            "RouteBudgets",
            "SimpleOperators", // CamelbellApplication gives them to the commands
            "health.Alarm",
            "health.AnsweredOnce",
            "health.HealthProperties",
            "health.MemoryGuard",
            "health.ProcessHealth",
            "health.Watch",
            "http.Answers",
            "http.EntryHandler",
            "http.HttpError",
            "http.HttpErrors",
            "http.HttpServers",
            "http.LongestFrame",
            "http.MountedHandler",
            "http.Proxies",
            "http.RateLimits",
            "http.Refusals",
            "http.RequestCount");

    @ArchTest
    static final ArchRule R3_the_packages_of_the_glue_open_a_few_classes = classes()
            .that()
            .resideInAPackage("camelbell.runtime..")
            .and()
            .areTopLevelClasses()
            .and(describe(
                    "stay inside",
                    type -> !OPEN_IN_THE_GLUE.contains(type.getFullName().substring("camelbell.runtime.".length()))))
            .should()
            .notBePublic();

    /** What a package of the channels may be asked for by another one, and what route files make. */
    private static final Set<String> OPEN_IN_CHANNELS = Set.of(
            "Chain",
            "Deadlines",
            "ErrorClasses",
            "PhoneNumbers",
            "TlsFault",
            "TrustedAuthorities",
            "RetriesFile",
            "Unexpected",
            "UnusableAddressException",
            "http.CallSettings",
            "http.HttpBody",
            "http.HttpFailures",
            "http.HttpProvider",
            "http.ProviderClient",
            "http.ProxyProperties",
            "http.RetryAfter");

    @ArchTest
    static final ArchRule R3_the_packages_of_the_channels_open_a_few_classes = classes()
            .that()
            .resideInAPackage("camelbell.channel..")
            .and()
            .areTopLevelClasses()
            .and(describe(
                    "stay inside",
                    type -> !OPEN_IN_CHANNELS.contains(type.getFullName().substring("camelbell.channel.".length()))))
            .should()
            .notBePublic();

    /** Recording: route 30 reads its parts by name. */
    private static final Set<String> OPEN_IN_THE_STORE = Set.of(
            "Recording",
            "AfterCommit",
            "AgedRow",
            "AgedRows", // what leaves for files
            "RowKind",
            "AttemptLog",
            "Batches",
            "Condition",
            "DeliveryOrders",
            "ListLengths", // how long a list is, from counters that the store alone writes
            "StoredPlan", // explain's words, for a plan that is not stored
            "ReadMarks",
            "ReceiptCount");

    /** What the commands of the archive may ask for. */
    private static final Set<String> OPEN_IN_THE_ARCHIVE =
            Set.of("ArchiveFault", "ArchivedFile", "Archives", "Restoration");

    /** What the operations may ask a simulation for, and what it answers. */
    private static final Set<String> OPEN_IN_SIMULATIONS =
            Set.of("Difference", "DifferenceReport", "HubTables", "ListedPeople", "People", "Simulation");

    @ArchTest
    static final ArchRule R3_only_the_model_is_public = classes()
            .that()
            .resideOutsideOfPackages(
                    "camelbell.model",
                    "camelbell.configuration",
                    "camelbell.address",
                    "camelbell.kafka",
                    "camelbell.rest",
                    "camelbell.flow",
                    "camelbell",
                    "camelbell.channel..",
                    "camelbell.runtime..")
            .and()
            .areTopLevelClasses()
            .and(describe("stay inside", type -> !OPEN_IN_THE_STORE.contains(type.getSimpleName())))
            .and(describe("stay inside", type -> !OPEN_IN_THE_ARCHIVE.contains(type.getSimpleName())))
            .and(describe("stay inside", type -> !OPEN_IN_SIMULATIONS.contains(type.getSimpleName())))
            .and()
            .doNotHaveSimpleName("Commands") // CamelbellApplication joins the command line ...
            .and()
            .doNotHaveSimpleName("TokenSigner") // ... with what signs tokens ...
            .and()
            .doNotHaveSimpleName("TokenMinter")
            .and()
            .doNotHaveSimpleName("StatusWriter") // ... and with what tells producers
            .and()
            .doNotHaveSimpleName("OutboxRows")
            .and()
            .doNotHaveSimpleName("FolderCheck") // ... and with what checks a folder ...
            .and()
            .doNotHaveSimpleName("Check")
            .and()
            .doNotHaveSimpleName("PolicyFile") // ... by the readers of the tables
            .and()
            .doNotHaveSimpleName("MessageFiles")
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule R4_only_the_glue_the_channels_and_the_check_know_camel = noClasses()
            .that()
            .resideOutsideOfPackages("camelbell.runtime..", "camelbell.channel..", "camelbell.check")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "io.vertx..");

    @ArchTest
    static final ArchRule R4_every_kafka_client_is_made_in_one_place = noClasses()
            .that()
            .resideOutsideOfPackages("camelbell.kafka")
            .and()
            .doNotHaveSimpleName("BoundedConsumer") // given what camelbell.kafka has put together
            .should()
            .callConstructorWhere(target(owner(type(KafkaConsumer.class).or(type(KafkaProducer.class)))))
            .orShould()
            .callMethod(Admin.class, "create", Map.class)
            .orShould()
            .callMethod(Admin.class, "create", Properties.class);

    @ArchTest
    static final ArchRule R5_decisions_do_no_database_or_network_io = noClasses()
            .that()
            .resideInAnyPackage("camelbell.recipient", "camelbell.message", "camelbell.event")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "jakarta.persistence..",
                    "org.springframework.jdbc..",
                    "java.net.http..",
                    "org.apache.hc..",
                    "org.apache.kafka..");

    @ArchTest
    static final ArchRule R5_nobody_asks_the_system_for_the_time = noClasses()
            .that()
            .resideOutsideOfPackages("camelbell.operations..")
            .should()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule R5_decisions_read_no_clock = noClasses()
            .that()
            .resideInAnyPackage("camelbell.recipient", "camelbell.message", "camelbell.event")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);
}
