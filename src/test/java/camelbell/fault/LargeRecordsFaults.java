package camelbell.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Records far above what an event may be: whole dead letters where the hub makes the topic, marked ones where it is too small. */
class LargeRecordsFaults {

    private static final Duration LASTS = Duration.ofSeconds(20);
    private static final String SOURCE = "ticket-events";
    private static final String DEAD_LETTERS = "ticket-events-dlt";

    /** What a producer with default settings just takes, key and framing included. */
    private static final int LARGEST_BY_DEFAULT = 1_048_300;

    @AfterAll
    static void report() {
        Report.print();
    }

    @Test
    void a_large_record_is_a_whole_dead_letter_on_a_topic_that_the_hub_has_made() throws Exception {
        try (Siege siege = new Siege("1.2 MB, 1,048,300 B and 3 MB gzipped, dead letter topic made by the hub")) {
            siege.rig().topics.deleted(DEAD_LETTERS);
            large(siege, false);
            siege.ends("12 records");
        }
    }

    @Test
    void a_large_record_is_a_marked_dead_letter_where_the_topic_refuses_its_size() throws Exception {
        try (Siege siege = new Siege("1.2 MB, 1,048,300 B and 3 MB gzipped, small dead letter topic")) {
            siege.rig().topics.set(DEAD_LETTERS, "max.message.bytes", "100000");
            large(siege, true);
            siege.ends("12 records, topic of 100,000 B");
        }
    }

    private static void large(Siege siege, boolean truncated) throws Exception {
        siege.rig().topics.set(SOURCE, "max.message.bytes", "5000000");
        siege.under(
                hub -> {
                    try (Bulk plain = new Bulk(siege.rig(), "none");
                            Bulk zipped = new Bulk(siege.rig(), "gzip")) {
                        for (int i = 0; i < 4; i++) {
                            byte[] noise = new byte[1_200_000]; // no letter of it is any smaller compressed
                            siege.run.random.nextBytes(noise);
                            noise[0] = '#';
                            plain.post(SOURCE, "large-" + i, deadLetter(siege, "large-" + i, noise, truncated));
                            byte[] filling = new byte[LARGEST_BY_DEFAULT];
                            siege.run.random.nextBytes(filling);
                            filling[0] = '#';
                            siege.rig()
                                    .topics
                                    .post(
                                            SOURCE,
                                            "full-" + i,
                                            deadLetter(siege, "full-" + i, filling, truncated),
                                            Map.of());
                            byte[] small = ("{\"x\":\"" + "y".repeat(3_000_000) + "\"}").getBytes(UTF_8);
                            zipped.post(SOURCE, "zipped-" + i, small);
                            siege.run.bad.add(Bad.of("zipped-" + i, small, "TOO_LARGE", ""));
                        }
                        plain.flush();
                        zipped.flush();
                    }
                },
                LASTS);
    }

    private static byte[] deadLetter(Siege siege, String key, byte[] value, boolean truncated) {
        Bad bad = Bad.of(key, value, "TOO_LARGE", "");
        siege.run.bad.add(truncated ? bad.asTruncated() : bad);
        return value;
    }

    @Test
    void five_hundred_megabytes_of_garbage_go_through_a_hub_of_512() throws Exception {
        try (Siege siege = new Siege("500 x 1 MB of garbage")) {
            siege.patience(Duration.ofSeconds(60)); // behind up to 83 MB of its own partition, on a busy machine
            byte[] garbage = "#".repeat(1_000_000).getBytes(UTF_8);
            siege.under(
                    hub -> {
                        for (int i = 0; i < 500; i++) {
                            siege.run.bad.add(Bad.of("heap-" + i, garbage, "TOO_LARGE", ""));
                            siege.rig().topics.post(SOURCE, "heap-" + i, garbage, Map.of());
                        }
                        siege.rig().topics.flush();
                    },
                    Duration.ofSeconds(30));
            siege.ends("in six partitions");
        }
    }
}
