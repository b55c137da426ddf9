package camelbell.operations;

/** Ends a command with a sentence for the person who typed it: what was tried, what was found, what to do. */
final class CommandFailedException extends RuntimeException {

    CommandFailedException(String sentence) {
        super(sentence);
    }

    CommandFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
