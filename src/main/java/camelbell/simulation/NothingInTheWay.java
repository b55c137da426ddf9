package camelbell.simulation;

import camelbell.model.Channel;
import camelbell.model.Person;
import camelbell.model.Suppressions;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The suppressions of people who come from a file: there are none. */
final class NothingInTheWay implements Suppressions {

    @Override
    public void expect(Collection<Person> people) {
        // nothing to look up
    }

    @Override
    public boolean isKnown(Person person) {
        return true;
    }

    @Override
    public @Nullable String reason(Person person, Channel channel) {
        return null;
    }

    @Override
    public boolean lift(long person, String channel, String why) {
        return false;
    }

    @Override
    public void forget(long person) {
        // nothing is remembered
    }
}
