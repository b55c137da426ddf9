package camelbell.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

class GroupCommitTest {

    private static final String ROUTE = "direct:store";
    private static final String ASIDE = "direct:aside";

    private final List<List<String>> transactions = new CopyOnWriteArrayList<>();
    private final List<String> aside = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private volatile RuntimeException failure = new DataIntegrityViolationException("bad");
    private GroupCommit commits;
    private GroupCommit hasty;

    @BeforeEach
    void start() throws Exception {
        camel.getRegistry().bind("transactions", new RouteTransactions(new NoTransactions()));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(ROUTE)
                        .errorHandler(noErrorHandler())
                        .transacted()
                        .process(exchange -> transaction(exchange.getMessage().getBody(List.class)));
                from(ASIDE)
                        .errorHandler(noErrorHandler())
                        .process(exchange -> aside.add(exchange.getProperty("sqlState") + " "
                                + exchange.getMessage().getBody(List.class)));
            }
        });
        camel.start();
        Parted parted = new Parted(camel.createProducerTemplate(), metrics);
        commits = new GroupCommit(parted, 60_000);
        hasty = new GroupCommit(parted, 50);
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
        camel.stop();
    }

    private void transaction(List<?> items) throws InterruptedException {
        List<String> ids = items.stream().map(String.class::cast).toList();
        transactions.add(ids);
        if (ids.contains("first")) {
            firstMayEnd.await();
        }
        if (ids.contains("bad")) {
            throw failure;
        }
    }

    @Test
    void calls_that_come_during_a_transaction_are_stored_together_in_the_next() {
        List<CompletableFuture<Void>> calls = whileTheFirstIsStored("a", "b", "c", "d", "e");
        calls.forEach(CompletableFuture::join);
        assertThat(transactions).hasSize(2);
        assertThat(transactions.get(1)).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void no_call_is_answered_before_its_transaction_has_ended() {
        CompletableFuture<Void> first = call("first");
        await().until(() -> transactions.size() == 1);
        assertThat(first).isNotDone();
        firstMayEnd.countDown();
        first.join();
    }

    static Stream<RuntimeException> refusals() {
        return Stream.of(
                new DataIntegrityViolationException("bad", new SQLException("no such status", "23514")),
                new UncategorizedSQLException("store", null, new SQLException("index row size 2712", "54000")),
                new TransactionSystemException("commit", new SQLException("deferred", "23503")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_the_database_refuses_is_put_aside_alone_and_everything_beside_it_stored(RuntimeException refusal) {
        failure = refusal;
        List<CompletableFuture<Void>> calls = whileTheFirstIsStored("a", "b", "bad", "c", "d");
        assertThat(calls).allSatisfy(CompletableFuture::join);
        assertThat(transactions.stream()
                        .skip(1)
                        .filter(ids -> !ids.contains("bad"))
                        .flatMap(List::stream))
                .containsExactly("a", "b", "c", "d");
        assertThat(aside).singleElement().asString().matches("[0-9]{5} \\[bad]");
        assertThat(metrics.get("camelbell.refused")
                        .tag("route", "store")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_call_of_many_items_loses_only_the_bad_one() {
        commits.through(ROUTE, ASIDE, List.of("a", "bad", "b", "bad", "c"));
        assertThat(aside).hasSize(2);
        assertThat(transactions.stream().filter(ids -> !ids.contains("bad")).flatMap(List::stream))
                .containsExactly("a", "b", "c");
    }

    @Test
    void a_database_that_is_away_fails_a_group_once_not_call_by_call() {
        failure = new QueryTimeoutException("away");
        List<CompletableFuture<Void>> calls = whileTheFirstIsStored("a", "bad", "c");
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::join).hasCause(failure));
        assertThat(transactions).hasSize(2);
    }

    @Test
    void a_call_that_does_not_get_its_turn_in_time_fails_and_is_not_stored_later() {
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> hasty.through(ROUTE, ASIDE, List.of("first")), callers);
        await().until(() -> transactions.size() == 1);
        assertThat(CompletableFuture.runAsync(() -> hasty.through(ROUTE, ASIDE, List.of("late")), callers))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(QueryTimeoutException.class)
                .withMessageContaining(ROUTE);
        firstMayEnd.countDown();
        first.join();
        hasty.through(ROUTE, ASIDE, List.of("next"));
        assertThat(transactions).containsExactly(List.of("first"), List.of("next"));
    }

    @Test
    void a_call_without_items_needs_no_transaction() {
        commits.through(ROUTE, ASIDE, List.of());
        assertThat(transactions).isEmpty();
    }

    private List<CompletableFuture<Void>> whileTheFirstIsStored(String... ids) {
        CompletableFuture<Void> first = call("first");
        await().until(() -> transactions.size() == 1);
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        IntStream.range(0, ids.length).forEach(number -> {
            calls.add(call(ids[number]));
            await().until(() -> commits.waiting(ROUTE) == number + 1);
        });
        firstMayEnd.countDown();
        first.join();
        return calls;
    }

    private CompletableFuture<Void> call(String id) {
        return CompletableFuture.runAsync(() -> commits.through(ROUTE, ASIDE, List.of(id)), callers);
    }

    /** Of nothing: what matters is how failures come out of a transacted route. */
    private static final class NoTransactions extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
