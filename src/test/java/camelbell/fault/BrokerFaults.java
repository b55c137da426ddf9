package camelbell.fault;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.it.HubProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** F6 to F9 and F23: the broker goes away, the group is shaken, dead letters find no place, events repeat themselves. */
class BrokerFaults {

    @AfterAll
    static void report() {
        Report.print();
    }

    /** Pinned for CAMEL-23994: an error in the poll loop moved every partition one record on. */
    @Test
    void a_broker_that_restarts_in_the_middle_of_batches_skips_no_record_on_any_partition() throws Exception {
        try (Under run = new Under("F6 broker restarted mid-batch")) {
            HubProcess hub = run.rig.hub();
            for (int round = 0; round < 3; round++) {
                long before = run.stored();
                run.events(300);
                run.awaitStored(before + 1);
                run.rig.stopKafka();
                Wait.pass(Duration.ofMillis(run.random.nextInt(2000)));
                run.rig.startKafka();
            }
            run.runs(3);
            none(run.settles("6 partitions"));
            assertThat(hub.isAlive()).isTrue();
        }
    }

    @Test
    void connections_to_the_broker_may_break_at_any_moment() throws Exception {
        try (Under run = new Under("F6 broker connections cut")) {
            run.rig.hub();
            for (int round = 0; round < 20; round++) {
                run.events(30);
                Wait.pass(Duration.ofMillis(run.random.nextInt(500)));
                run.rig.toKafka.cut();
            }
            run.runs(20);
            none(run.settles(""));
        }
    }

    @Test
    void a_broker_that_is_away_for_a_minute_holds_up_no_delivery_and_loses_nothing() throws Exception {
        try (Under run = new Under("F6 broker 60 s away")) {
            HubProcess hub = run.rig.hub();
            run.events(300);
            run.awaitStored(100);
            run.rig.toKafka.down();
            run.events(100, Duration.ofMinutes(1));
            long waiting = run.rig.database.count("SELECT count(*) FROM delivery");
            String health = "readiness " + hub.readiness() + " and " + waiting + " deliveries waiting meanwhile";
            run.rig.toKafka.heal();
            none(run.settles(health));
            assertThat(waiting).isZero();
        }
    }

    @Test
    void a_silent_broker_is_waited_for() throws Exception {
        try (Under run = new Under("F8 broker half-open 20 s: commits fail, the group moves on")) {
            run.rig.hub();
            run.events(300);
            run.awaitStored(50);
            run.rig.toKafka.stall();
            run.events(100, Duration.ofSeconds(20));
            run.rig.toKafka.heal();
            none(run.settles(""));
        }
    }

    @Test
    void poison_that_finds_no_dead_letter_topic_waits_and_is_written_down_later() throws Exception {
        try (Under run = new Under("F9 no dead letter topic while poison arrives")) {
            run.rig.hub("CAMELBELL_KAFKA_PARTITIONS=0");
            run.rig.post(run.workload.next(50)); // no poison yet
            run.rig.topics.delete("ticket-events-dlt");
            run.events(100, Duration.ofSeconds(5));
            run.bad.add(Poison.post(run.rig, run.random, "homeless"));
            Wait.pass(Duration.ofSeconds(20));
            assertThat(run.rig.topics.lag())
                    .as("nothing behind the poison is committed")
                    .isPositive();
            run.rig.topics.create("ticket-events-dlt");
            none(run.settles(""));
        }
    }

    @Test
    void a_group_that_is_shaken_all_the_time_absorbs_what_comes_twice() throws Exception {
        try (Under run = new Under("F7 rebalance storm")) {
            run.rig.hub();
            for (int round = 0; round < 6; round++) {
                run.events(100);
                joinAndLeave(run.rig);
            }
            run.runs(6);
            none(run.settles("a member joins and leaves, committing nothing"));
        }
    }

    private static void joinAndLeave(Rig rig) {
        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        rig.topics.brokers(),
                        "group.id",
                        "camelbell",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            other.subscribe(List.of("ticket-events"));
            Wait.until("the other member has partitions", Duration.ofSeconds(30), () -> {
                other.poll(Duration.ofMillis(100));
                return !other.assignment().isEmpty();
            });
        }
    }

    @Test
    void events_that_come_five_times_and_in_any_order_send_once() throws Exception {
        try (Under run = new Under("F23 each event five times, shuffled, in one burst")) {
            run.rig.hub();
            List<Workload.Posted> once = run.workload.next(500);
            List<Workload.Posted> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.addAll(once);
            }
            Collections.shuffle(all, run.random);
            run.rig.post(all);
            none(run.settles("2,500 records"));
        }
    }

    private static void none(Audit audit) {
        assertThat(audit.duplicates().values()).containsOnly(0L);
    }
}
