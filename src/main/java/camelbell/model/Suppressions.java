package camelbell.model;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who is sent nothing over a channel although there is an address. What this node changes shows at once, what another
 * one does within {@code camelbell.directory.staleness}.
 */
public interface Suppressions {

    /** The person has opted out of the channel. Stable: shown to operators and producers. */
    String OPTED_OUT = "OPTED_OUT";

    /** The address on file is one that a server has refused for good. Stable, as above. */
    String ADDRESS_BOUNCED = "ADDRESS_BOUNCED";

    /** Looks these people up together, so that {@link #reason} need not ask for each of them. */
    void expect(Collection<Person> people);

    /** Whether {@link #reason} can answer of this person without asking the database. */
    boolean isKnown(Person person);

    /** Why the person gets nothing over this channel, or null when nothing is in the way. */
    @Nullable
    String reason(Person person, Channel channel);

    /**
     * Takes a person out again, in the caller's transaction; answers whether there was anything to take out.
     *
     * @param why one of the two above
     */
    boolean lift(long person, String channel, String why);

    /** Something has been changed, and committed, about this person: what was known is asked for anew. */
    void forget(long person);
}
