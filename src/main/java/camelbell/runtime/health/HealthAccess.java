package camelbell.runtime.health;

import camelbell.model.Budget;
import jakarta.servlet.Filter;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * In front of probes and scrapes, whose looks at the database are of a kind of their own. Named in META-INF/spring, since
 * the management port has a context of its own when it is not the server's port.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
class HealthAccess {

    @Bean
    Filter healthBudget() {
        return (request, response, chain) -> {
            Budget.Scope scope = Budget.HEALTH.open();
            try {
                chain.doFilter(request, response);
            } finally {
                scope.close();
            }
        };
    }
}
