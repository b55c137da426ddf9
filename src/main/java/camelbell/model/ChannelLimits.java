package camelbell.model;

import org.jspecify.annotations.Nullable;

/** The limits of every channel, known once the route files have been read, before anything flows. */
public interface ChannelLimits {

    /** Errors: {@link StartRefused} where no delivery could ever begin under this limit. */
    void mustSuffice(String channel, ChannelLimit limit);

    /** Counts from now on; {@link #mustSuffice} has let it pass. */
    void set(String channel, ChannelLimit limit);

    /** Null for a channel that has no such route: the inbox, which is delivered by being recorded. */
    @Nullable
    ChannelLimit of(String channel);
}
