package camelbell.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the hub reads a record of the topic {@code users}. */
public interface UserDecoder {

    /** The person, or why there can be none. */
    Decoded decode(byte[] value);

    /**
     * What a record says.
     *
     * @param person null when the record can never become one
     * @param leftOut JSON pointers of optional fields that are not as the contract says
     * @param complaint what is wrong when there is no person: the field's JSON pointer and a few words, never the value
     */
    record Decoded(@Nullable Person person, List<String> leftOut, String complaint) {}
}
