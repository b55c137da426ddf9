package camelbell.store;

import java.time.Instant;

/** Which node holds a delivery, and until when. */
record Lease(String node, Instant until) {}
