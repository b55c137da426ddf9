package camelbell.fault;

import java.time.Duration;

/** Bad records among good ones, in any number, against one running hub. */
final class Fuzz {

    /** After warming up, live memory may grow by so much: caches that fill, not records that stay. */
    static final long MAY_GROW = 24L << 20;

    private static final int GOOD_EVERY = 5;

    private final Under run;
    private final Mutations mutations;
    private int posted;

    Fuzz(Under run) {
        this.run = run;
        this.mutations = new Mutations(run.random);
    }

    int kinds() {
        return mutations.kinds();
    }

    void post(int count) {
        for (int i = 0; i < count; i++) {
            Bad bad = mutations.bad(posted++);
            run.bad.add(bad);
            run.rig.topics.post("ticket-events", bad.key(), bad.value(), bad.headers());
            if (posted % GOOD_EVERY == 0) {
                run.workload.next(1).forEach(good -> run.rig.topics.post("ticket-events", good.key(), good.value()));
            }
        }
        run.rig.topics.flush();
    }

    /** Everything is read and put aside or stored. */
    void awaitRead() {
        Wait.until("all is read", Duration.ofMinutes(5), () -> run.rig.topics.lag() == 0);
        run.awaitNoWork("EMAIL");
        run.awaitNoWork("WHATSAPP");
    }
}
