package camelbell.model;

import java.util.List;

/** What is wrong with a routes folder, before anything of it is read to be run. */
@FunctionalInterface
public interface RoutesCheck {

    /**
     * One line for each error, with file, line and what to do; empty when it may run.
     *
     * @param folder a Spring resource folder, as {@code camelbell.routes} names it
     */
    List<String> errors(String folder);
}
