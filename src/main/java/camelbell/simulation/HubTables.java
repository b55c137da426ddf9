package camelbell.simulation;

import camelbell.model.Directory;
import camelbell.model.Operators;
import camelbell.model.StartRefused;
import camelbell.model.Suppressions;
import camelbell.model.UnsubscribeLinks;
import camelbell.model.UserDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables and words of one folder, read by the hub's very beans and by nothing else of it: no broker, no route, no port, and
 * of a database at most what a query reads. Two of them may be open at once.
 */
public final class HubTables implements AutoCloseable {

    /** The last part of the links by which people would opt out. */
    private static final String PLACEHOLDER = "/u/preview";

    private final AnnotationConfigApplicationContext context;

    private HubTables(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    /**
     * Reads and checks the folder as a start of the hub does. Errors: {@link StartRefused}, whose message names file and line.
     *
     * @param hub the hub's configuration
     * @param routes a Spring resource folder, instead of that which camelbell.routes names
     */
    public static HubTables open(ConfigurableEnvironment hub, String routes, Operators operators, People people) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setEnvironment(with(hub, routes));
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        context.registerBean("operators", Operators.class, () -> operators);
        context.registerBean("meters", MeterRegistry.class, SimpleMeterRegistry::new);
        String url = hub.getProperty("camelbell.http.public-url", "").strip().replaceAll("/+$", "");
        context.registerBean(
                "links", UnsubscribeLinks.class, () -> (person, channel) -> url.isEmpty() ? null : url + PLACEHOLDER);
        Directory directory = people.directory();
        if (directory != null) {
            context.registerBean("listedPeople", Directory.class, () -> directory, HubTables::first);
            context.registerBean("nothingInTheWay", Suppressions.class, NothingInTheWay::new, HubTables::first);
        }
        JdbcClient database = people.database();
        if (database != null) {
            context.registerBean("jdbc", JdbcClient.class, () -> database);
        }
        context.register(Beans.class, Simulation.class);
        try {
            context.refresh();
            context.getBean(Simulation.class);
            return new HubTables(context);
        } catch (BeansException e) {
            context.close();
            throw refused(e);
        }
    }

    /** Who answers. */
    public Simulation simulation() {
        return context.getBean(Simulation.class);
    }

    /** Reads records of users without any tables. */
    public static UserDecoder userDecoder() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(UserBeans.class)) {
            return context.getBean(UserDecoder.class);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static void first(BeanDefinition bean) {
        bean.setPrimary(true);
    }

    private static ConfigurableEnvironment with(ConfigurableEnvironment hub, String routes) {
        StandardEnvironment environment = new StandardEnvironment();
        hub.getPropertySources().stream()
                .filter(source -> !source.getName().equals("configurationProperties")) // a view of the others
                .filter(source -> !environment.getPropertySources().contains(source.getName()))
                .forEach(environment.getPropertySources()::addLast);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("simulated tables", Map.of("camelbell.routes", routes)));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    /** The sentence for whoever edits the tables, out of what Spring says of the bean that reads them. */
    private static StartRefused refused(BeansException e) {
        Throwable last = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return refused;
            }
            last = cause;
        }
        String said = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
        return new StartRefused("The tables cannot be read: " + last.getClass().getSimpleName() + ", " + said, e);
    }

    /** The hub's beans that decode, decide and write, and those that read people from a database; made when they are asked for. */
    @ComponentScan({"camelbell.event", "camelbell.recipient", "camelbell.message"})
    @ComponentScan(
            basePackages = {"camelbell.identity", "camelbell.suppression"},
            useDefaultFilters = false,
            includeFilters =
                    @Filter(
                            type = FilterType.REGEX,
                            pattern =
                                    ".*\\.(PersonRows|CachedDirectory|DirectoryProgress|UnchangedOffsets|SuppressionRows|StoredSuppressions)"))
    @ConfigurationPropertiesScan({"camelbell.message", "camelbell.identity"})
    private static final class Beans {}

    @ComponentScan(
            basePackages = "camelbell.identity",
            useDefaultFilters = false,
            includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.UserRecords"))
    private static final class UserBeans {}
}
