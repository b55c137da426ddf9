package camelbell.operations;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/** Kafka did not answer an operator's order. Of the kind that REST answers with 503, as when the database is away. */
final class DeadLettersUnavailableException extends DataAccessResourceFailureException {

    DeadLettersUnavailableException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
