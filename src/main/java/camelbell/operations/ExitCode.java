package camelbell.operations;

/** How a command ends, for scripts. They are documented on the page "Commands" of the reference, and in each help. */
final class ExitCode {

    static final String HEADING = "%nExit codes:%n";

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int NOT_UNDERSTOOD = 2;
    static final int REFUSED = 3;
    static final int NOBODY_TOLD = 4;
    static final int NO_WORD = 5;

    static final String DONE_IS = "0:done";
    static final String FAILED_IS = "1:failed, or an order without a filter; a sentence on stderr says why";
    static final String NOT_UNDERSTOOD_IS = "2:not understood: a command, an option or a value that there is not";
    static final String REFUSED_IS = "3:the hub refused the event, which is a dead letter now";
    static final String NOBODY_TOLD_IS = "4:the hub accepted the event, and told nobody";
    static final String NO_WORD_IS = "5:the event is posted, and the hub said nothing of it within --wait";

    private ExitCode() {}
}
