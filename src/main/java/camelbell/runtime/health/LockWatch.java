package camelbell.runtime.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Notices when another session's lock holds the hub up, names it in health, and says so once in the log. Always up: the
 * rest works, and what waits is tried again. Waits are short, because they are cut, so a holder counts for as long as its
 * transaction lasts and somebody has waited for it of late.
 */
@Component("databaseLocks")
class LockWatch implements HealthIndicator, SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(LockWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(3);
    private static final Duration OF_LATE = Duration.ofSeconds(30);

    private final LockHolders holders;
    private volatile @Nullable Blocked blocked;
    private volatile @Nullable Watch watch;

    LockWatch(LockHolders holders) {
        this.holders = holders;
    }

    /**
     * @param since when it was first seen, as System.nanoTime has it, and {@code seen} when last
     * @param told whether the log knows of it
     */
    private record Blocked(LockHolders.Holder by, long since, long seen, boolean told) {

        long seconds() {
            return Math.max(by.waits(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since));
        }
    }

    @Override
    public Health health() {
        Blocked now = blocked;
        return now == null
                ? Health.up().withDetail("blocked", false).build()
                : Health.up()
                        .withDetail("blocked", true)
                        .withDetail("waiting", now.by().waiting())
                        .withDetail("seconds", now.seconds())
                        .withDetail("holder_pid", now.by().pid())
                        .withDetail("holder_application", now.by().application())
                        .withDetail("holder_state", now.by().state())
                        .withDetail("holder_transaction_seconds", now.by().lasts())
                        .build();
    }

    private void look() {
        blocked = next(blocked, holders.now().orElse(null));
    }

    private @Nullable Blocked next(@Nullable Blocked before, LockHolders.@Nullable Holder found) {
        long now = System.nanoTime();
        if (before != null && found == null) {
            boolean goesOn = now - before.seen < OF_LATE.toNanos() && holders.lasts(before.by);
            return goesOn ? before : over(before);
        }
        if (found == null) {
            return null;
        }
        boolean same = found.isSame(before == null ? null : before.by);
        if (before != null && !same) {
            over(before);
        }
        Blocked next = new Blocked(
                found, same && before != null ? before.since : now, now, same && before != null && before.told);
        return next.told || next.seconds() < WORTH_A_LINE.toSeconds() ? next : tell(next);
    }

    private static Blocked tell(Blocked now) {
        LOG.warn(
                "database lock held by another session waiting={} for={}s holder-pid={} application={} state={}"
                        + " transaction={}s: what waits is tried again; if that session hangs, end it with"
                        + " SELECT pg_terminate_backend({})",
                now.by.waiting(),
                now.seconds(),
                now.by.pid(),
                now.by.application(),
                now.by.state(),
                now.by.lasts(),
                now.by.pid());
        return new Blocked(now.by, now.since, now.seen, true);
    }

    private static @Nullable Blocked over(Blocked before) {
        if (before.told) {
            LOG.info("database lock gone holder-pid={} after={}s", before.by.pid(), before.seconds());
        }
        return null;
    }

    @Override
    public void afterSingletonsInstantiated() {
        watch = new Watch("locks", LOOK, this::look);
    }

    @Override
    public void destroy() {
        Watch started = watch;
        if (started != null) {
            started.close();
        }
    }
}
