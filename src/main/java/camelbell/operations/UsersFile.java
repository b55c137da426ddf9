package camelbell.operations;

import camelbell.model.Person;
import camelbell.model.UserDecoder;
import camelbell.model.UserDecoder.Decoded;
import camelbell.simulation.HubTables;
import camelbell.simulation.ListedPeople;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Reads people from a file of records of the topic users, and says of which records the hub would not take all. */
final class UsersFile {

    private static final int MOST_SAID = 5;

    private final Path path;
    private final PrintWriter err;
    private final UserDecoder decoder = HubTables.userDecoder();
    private final ListedPeople people = new ListedPeople();
    private long taken;
    private long complaints;

    private UsersFile(Path path, PrintWriter err) {
        this.path = path;
        this.err = err;
    }

    /** Errors: CommandFailedException for a file that cannot be read or holds nobody. */
    static ListedPeople read(Path path, PrintWriter err) {
        UsersFile file = new UsersFile(path, err);
        RecordFile.forEachLine(path, file::take);
        if (file.complaints > MOST_SAID) {
            err.println("… and " + (file.complaints - MOST_SAID) + " lines more like these.");
        }
        if (file.taken == 0) {
            throw new CommandFailedException(
                    "The file " + path + " holds nobody: it has one JSON object a line, as the topic users does.");
        }
        return file.people;
    }

    private void take(long number, byte[] value) {
        Decoded decoded = decoder.decode(value);
        Person person = decoded.person();
        if (person == null) {
            complain(number, "no person, as the hub would put the record aside: " + decoded.complaint());
            return;
        }
        people.add(person);
        taken++;
        if (!decoded.leftOut().isEmpty()) {
            complain(number, "left out, as the hub would: " + String.join(", ", decoded.leftOut()));
        }
    }

    private void complain(long number, String what) {
        if (++complaints <= MOST_SAID) {
            err.println(path + ", line " + number + ": " + what + ".");
        }
    }
}
