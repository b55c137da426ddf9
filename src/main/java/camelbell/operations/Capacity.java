package camelbell.operations;

import java.util.Locale;

/**
 * What a rate of events needs, computed from what one event, one delivery, one socket and one row were measured to cost. The
 * figures are those of the page "Capacity", which says how and on what they were measured, and which of this was never run.
 *
 * @param eventsPerSecond as a mean over the time in which the hub is to keep up, not the peak of a second
 * @param deliveries mails and messages that leave the hub for an event
 * @param notifications rows of an event: one for each person and channel, those that nobody is sent too
 * @param sockets open at the same time
 */
record Capacity(double eventsPerSecond, double deliveries, double notifications, long sockets) {

    // milliseconds of one core, warm, statuses published
    static final double HUB_EVENT = 0.3;
    static final double HUB_DELIVERY = 0.9;
    static final double DATABASE_EVENT = 0.28;
    static final double DATABASE_DELIVERY = 0.2;
    static final double BROKER_EVENT = 0.5;

    // bytes on disk, indexes included
    static final double EVENT_ROW = 611;
    static final double NOTIFICATION_ROW = 416;
    static final double LOG_EVENT = 1_400;
    static final double LOG_NOTIFICATION = 1_200;

    /** Bytes that the broker keeps for an event: it and its statuses. */
    static final double RECORDS = 1_800;

    static final double SOCKET_KIB = 8;

    /** Of a node or a server: what is left is for peaks, for a node that is gone, and for vacuum. */
    private static final double USED = 0.5;

    private static final int CORES_OF_A_NODE = 2;
    private static final double MEMORY_OF_A_NODE_MIB = 350;
    private static final double SECONDS_A_YEAR = 365.25 * 24 * 3600;

    /** Of the hub's nodes together. */
    double hubCores() {
        return eventsPerSecond * (HUB_EVENT + deliveries * HUB_DELIVERY) / 1000;
    }

    /** Of two cores each, half used; two at least, so that one may be gone. */
    long nodes() {
        return Math.max(2, (long) Math.ceil(hubCores() / USED / CORES_OF_A_NODE));
    }

    /** Of ticket-events: a partition is read by one node at a time, and two each leave room to grow. 6 is what the hub creates. */
    long partitions() {
        return Math.max(6, 2 * nodes());
    }

    double databaseCores() {
        return eventsPerSecond * (DATABASE_EVENT + deliveries * DATABASE_DELIVERY) / 1000;
    }

    double brokerCores() {
        return eventsPerSecond * BROKER_EVENT / 1000;
    }

    /** Megabytes of write-ahead log a second. */
    double logMegabytesPerSecond() {
        return eventsPerSecond * (LOG_EVENT + notifications * LOG_NOTIFICATION) / 1e6;
    }

    /** Gigabytes that rows and indexes grow by in a year in which nothing is forgotten. */
    double diskGigabytesPerYear() {
        return eventsPerSecond * SECONDS_A_YEAR * (EVENT_ROW + notifications * NOTIFICATION_ROW) / 1e9;
    }

    /** Gigabytes of the broker for each day that topics are kept, one replica. */
    double brokerGigabytesPerDay() {
        return eventsPerSecond * 24 * 3600 * RECORDS / 1e9;
    }

    /** Megabytes of one node, at rest and with its share of the sockets. */
    double nodeMemoryMib() {
        return MEMORY_OF_A_NODE_MIB + sockets * SOCKET_KIB / 1024 / nodes();
    }

    /** What stands in the way first. */
    String wall() {
        if (diskGigabytesPerYear() > 2_000) {
            return databaseCores() > 8
                    ? "one PostgreSQL: its write-ahead log and its processors; users sharded by hash over several"
                    : "PostgreSQL's disk: forget notifications (camelbell.retention.notifications) or shard users by hash";
        }
        return nodes() > 2
                ? "the hub's processors: more nodes, and as many partitions"
                : "none: two nodes are for safety";
    }

    /** For people. */
    String text() {
        return String.format(
                Locale.ROOT,
                """
                %s events/s of %s deliveries and %s notifications each, %d sockets
                hub         %.2f cores: %d nodes of %d cores, %.0f MiB each
                Kafka       %d partitions of ticket-events, %.2f cores, %.1f GB a day that topics are kept
                PostgreSQL  %.2f cores, %.2f MB/s of write-ahead log, %.0f GB more a year
                first wall  %s""",
                number(eventsPerSecond),
                number(deliveries),
                number(notifications),
                sockets,
                hubCores(),
                nodes(),
                CORES_OF_A_NODE,
                nodeMemoryMib(),
                partitions(),
                brokerCores(),
                brokerGigabytesPerDay(),
                databaseCores(),
                logMegabytesPerSecond(),
                diskGigabytesPerYear(),
                wall());
    }

    static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
