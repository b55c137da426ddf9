package camelbell.runtime.kafka;

import camelbell.kafka.KafkaSettings;
import camelbell.kafka.KafkaTrouble;
import camelbell.runtime.health.AnsweredOnce;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while no broker answers, or none lets the hub do its work. Part of readiness. */
@Component("broker")
class BrokerHealth implements HealthIndicator {

    private static final int PATIENCE_MS = 2000;

    private final Admin admin;
    private final KafkaSettings settings;
    private final BrokerWatch watch;
    private final AnsweredOnce answer = new AnsweredOnce(this::look, Duration.ofMillis(PATIENCE_MS));

    BrokerHealth(Admin admin, KafkaSettings settings, BrokerWatch watch) {
        this.admin = admin;
        this.settings = settings;
        this.watch = watch;
    }

    @Override
    public Health health() {
        return answer.health();
    }

    private Health look() {
        try {
            int nodes = admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MS))
                    .nodes()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .size();
            String refused = watch.wrong();
            return refused.isEmpty()
                    ? Health.up().withDetail("nodes", nodes).build()
                    : Health.down().withDetail("error", refused).build();
        } catch (ExecutionException | TimeoutException e) {
            return down(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }

    private Health down(Exception why) {
        return Health.down()
                .withDetail(
                        "error",
                        KafkaTrouble.isRefusal(why)
                                ? KafkaTrouble.of(settings, "asking for its nodes", why)
                                : "no answer within " + PATIENCE_MS + " ms from " + settings.brokers())
                .build();
    }
}
