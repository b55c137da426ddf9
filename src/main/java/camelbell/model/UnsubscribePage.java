package camelbell.model;

import org.jspecify.annotations.Nullable;

/**
 * What somebody sees who has opened an unsubscribe link.
 *
 * @param locale the person's, null when it is not on file
 * @param channel code of the channel that the link is about; empty for a link that is not ours
 * @param display the channel's name for readers, where the words have none
 * @param path of the link, to which the page's buttons post
 */
public record UnsubscribePage(State state, @Nullable String locale, String channel, String display, String path) {

    /** Where the person stands. */
    public enum State {
        /** Still told over the channel: asked whether to stop. */
        ASKED,
        /** Opted out. */
        OUT,
        /** Just come back. */
        BACK,
        /** The link is not one of ours. */
        INVALID,
        /** The database is away: nothing has changed. */
        UNAVAILABLE
    }
}
