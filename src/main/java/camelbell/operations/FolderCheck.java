package camelbell.operations;

import camelbell.configuration.Finding;
import java.util.List;
import org.springframework.core.env.PropertyResolver;

/** Says all that is wrong with a folder of routes and tables. */
public interface FolderCheck {

    /**
     * By file and line; empty when nothing is wrong.
     *
     * @param folder a Spring resource location
     * @param settings where placeholders have their values
     */
    List<Finding> check(String folder, PropertyResolver settings);
}
