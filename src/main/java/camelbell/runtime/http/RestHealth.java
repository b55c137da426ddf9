package camelbell.runtime.http;

import camelbell.runtime.health.Alarm;
import camelbell.runtime.health.HealthProperties;
import camelbell.runtime.health.ProcessHealth;
import camelbell.runtime.health.Watch;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while REST does not answer: an event loop stands, all workers are held, or the port is silent. Part of readiness. */
@Component("rest")
class RestHealth implements HealthIndicator, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(RestHealth.class);

    private final HealthProperties health;
    private final HttpServers servers;
    private final ProcessHealth process;
    private final RestWatch threads;
    private final Alarm alarm;
    private final Watch watch;

    RestHealth(
            HealthProperties health, Vertx vertx, HttpServers servers, ProcessHealth process, MeterRegistry metrics) {
        this.health = health;
        this.servers = servers;
        this.process = process;
        this.threads = new RestWatch(vertx);
        this.alarm = new Alarm(
                LOG,
                metrics,
                "rest",
                "a thread dump (jcmd <pid> Thread.print) says what holds them; more: health-and-metrics.md");
        this.watch = new Watch("rest", health.lookEvery(), this::look);
    }

    private void look() {
        if (!servers.isRunning()) {
            return;
        }
        threads.ask();
        Duration loops = threads.loopsOwe();
        process.set(
                "event loop",
                loops.compareTo(health.loopStands()) < 0
                        ? null
                        : "an event loop has stood for " + loops.toSeconds() + " s");
        alarm.set(found(loops));
    }

    private @Nullable String found(Duration loops) {
        if (loops.compareTo(health.answerWithin()) >= 0) {
            return "an event loop has not turned for " + loops.toSeconds() + " s";
        }
        Duration workers = threads.workersOwe();
        if (workers.compareTo(health.answerWithin()) >= 0) {
            return "no worker has been free for " + workers.toSeconds() + " s; camelbell.http.workers are all held";
        }
        return new Loopback(servers.port(), health.answerWithin()).failure();
    }

    @Override
    public Health health() {
        String what = alarm.what();
        return what == null
                ? Health.up().build()
                : Health.down().withDetail("reason", what).build();
    }

    @Override
    public void destroy() {
        watch.close();
    }
}
