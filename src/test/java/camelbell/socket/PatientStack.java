package camelbell.socket;

import camelbell.it.Stack;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The {@link Stack} with a hub that waits for a database that stalls, where a test is not about one that is away. */
final class PatientStack {

    private PatientStack() {}

    static void register(DynamicPropertyRegistry registry) {
        Stack.quickProperties().forEach((name, value) -> registry.add(name, () -> value));
        registry.add("spring.datasource.hikari.connection-timeout", () -> "60000");
        registry.add("spring.datasource.hikari.validation-timeout", () -> "20000");
    }
}
