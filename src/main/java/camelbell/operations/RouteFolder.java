package camelbell.operations;

import camelbell.model.Operators;
import camelbell.model.StartRefused;
import camelbell.simulation.HubTables;
import camelbell.simulation.People;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder of routes that a command names, or the hub's own. */
final class RouteFolder {

    private RouteFolder() {}

    /**
     * Its tables, read and checked as by a start of the hub. Errors: CommandFailedException with file and line.
     *
     * @param folder null: that of camelbell.routes
     */
    static HubTables open(Settings settings, @Nullable Path folder, Operators operators, People people) {
        try {
            return HubTables.open(settings.environment(), location(settings, folder), operators, people);
        } catch (StartRefused refused) {
            throw new CommandFailedException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static String location(Settings settings, @Nullable Path folder) {
        if (folder == null) {
            return settings.text("camelbell.routes");
        }
        if (!Files.isDirectory(folder)) {
            throw new CommandFailedException("There is no folder " + folder + ".");
        }
        return folder.toUri().toString().replaceFirst("/+$", ""); // also of a path with a space or a # in it
    }
}
