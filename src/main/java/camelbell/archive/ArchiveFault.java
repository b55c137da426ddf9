package camelbell.archive;

/** Why a file cannot be written or believed: one sentence for whoever keeps the folder. */
public final class ArchiveFault extends RuntimeException {

    ArchiveFault(String sentence) {
        super(sentence);
    }

    ArchiveFault(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
