package camelbell.model;

import org.jspecify.annotations.Nullable;

/** Links by which a person opts out of a channel without a login (RFC 8058). */
public interface UnsubscribeLinks {

    /** The person's own link for this channel, or null when the hub has no public address. */
    @Nullable
    String link(Person person, Channel channel);
}
