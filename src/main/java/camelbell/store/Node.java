package camelbell.store;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * This process among the hub's nodes: its name stands in its leases. One bean, because the key's default is a random
 * name, and a placeholder with a random value is another one wherever it is resolved.
 */
@Component
class Node {

    private final String name;

    Node(@Value("${camelbell.node}") String name) {
        this.name = name;
    }

    String name() {
        return name;
    }
}
