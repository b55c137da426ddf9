package camelbell.operations;

import java.net.ConnectException;

/** Ends a command with a sentence for the person who typed it: what was tried, what was found, what to do. */
final class CommandFailedException extends RuntimeException {

    private final int exitCode;

    CommandFailedException(String sentence) {
        this(ExitCode.FAILED, sentence);
    }

    CommandFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = ExitCode.FAILED;
    }

    CommandFailedException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** An option whose value is none, by what the filter of REST says of its parameter: {@code since: write a time …}. */
    static CommandFailedException option(IllegalArgumentException unreadable) {
        String said = String.valueOf(unreadable.getMessage());
        int end = said.indexOf(':');
        return new CommandFailedException(
                ExitCode.NOT_UNDERSTOOD, "--" + said.substring(0, end).replace('_', '-') + said.substring(end));
    }

    int exitCode() {
        return exitCode;
    }

    /** The first line of what a library said, without a full stop: servers answer in paragraphs, Java's client in none. */
    static String reason(Throwable of) {
        String said = of.getMessage() == null ? "" : of.getMessage().strip();
        return said.lines().findFirst().orElse(silent(of)).replaceFirst("[.:\\s]+$", "");
    }

    private static String silent(Throwable of) {
        return of instanceof ConnectException
                ? "nothing answers there"
                : of.getClass().getSimpleName();
    }
}
