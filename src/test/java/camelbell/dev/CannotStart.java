package camelbell.dev;

/** Ends the start with a sentence: what was found, and what moves it out of the way. */
final class CannotStart extends RuntimeException {

    CannotStart(String sentence) {
        super(sentence);
    }

    CannotStart(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
