package camelbell.message;

import camelbell.configuration.CheckedYaml;
import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ResourceLoader;

/** Pebble's templates, from {@code <camelbell.routes>/templates}, be that in the jar or a folder. */
final class TemplateFolder implements Loader<String> {

    private final String folder;
    private final ResourceLoader resources;

    TemplateFolder(String folder, ResourceLoader resources) {
        this.folder = folder;
        this.resources = resources;
    }

    /** As messages name one of its files. */
    String file(String name) {
        return CheckedYaml.name(resources.getResource(folder + "/" + name));
    }

    @Override
    public Reader getReader(String name) {
        try {
            return new InputStreamReader(
                    resources.getResource(folder + "/" + name).getInputStream(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LoaderException(e, "no template " + folder + "/" + name + "; check camelbell.routes");
        }
    }

    @Override
    public boolean resourceExists(String name) {
        return resources.getResource(folder + "/" + name).exists();
    }

    @Override
    public String createCacheKey(String name) {
        return name;
    }

    @Override
    public String resolveRelativePath(String relative, String anchor) {
        return relative;
    }

    @Override
    public void setCharset(String charset) {
        // always UTF-8
    }

    @Override
    public void setPrefix(String prefix) {
        // the folder is the prefix
    }

    @Override
    public void setSuffix(String suffix) {
        // names are whole
    }
}
