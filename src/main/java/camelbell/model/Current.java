package camelbell.model;

import java.util.function.BiConsumer;

/**
 * A table that may be replaced while the hub runs. Whoever uses it asks once for each piece of work and keeps to the answer,
 * so that no batch and no message is made of two versions. A table by itself is current for ever.
 *
 * @param <T> the table
 */
public interface Current<T> {

    /** The version that counts now. */
    T now();

    /** For what keeps a state of its own beside the table: told of the version before and the new one, once it counts. */
    default void whenReplaced(BiConsumer<T, T> told) {
        // a table by itself is never replaced
    }
}
