package camelbell.runtime.reload;

import java.io.IOException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Notes which version the folder holds before any bean reads a file of it: what is saved from then on is another one. */
@Component
class VersionAtStart implements BeanFactoryPostProcessor, EnvironmentAware {

    private String folder = "";

    @Override
    public void setEnvironment(Environment environment) {
        folder = environment.getRequiredProperty("camelbell.routes");
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        beans.registerSingleton("folderVersionAtStart", version());
    }

    /** A file that cannot be read is for its reader to complain of. */
    private FolderVersion version() {
        try {
            return FolderVersion.read(folder, new PathMatchingResourcePatternResolver());
        } catch (IOException e) {
            return FolderVersion.unknown();
        }
    }
}
