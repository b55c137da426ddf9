package camelbell.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while no broker answers. Part of readiness. */
@Component("broker")
class BrokerHealth implements HealthIndicator {

    private static final int PATIENCE_MS = 2000;

    private final Admin admin;
    private final AnsweredOnce answer = new AnsweredOnce(this::look, Duration.ofMillis(PATIENCE_MS));

    BrokerHealth(Admin admin) {
        this.admin = admin;
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
            return Health.up().withDetail("nodes", nodes).build();
        } catch (ExecutionException | TimeoutException e) {
            return Health.down()
                    .withDetail("error", "no answer within " + PATIENCE_MS + " ms")
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }
}
