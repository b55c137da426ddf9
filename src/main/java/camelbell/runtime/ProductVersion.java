package camelbell.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as Maven wrote it down; there is none where classes were compiled without it. */
public final class ProductVersion {

    private ProductVersion() {}

    /** Empty when it is not known. */
    public static String get() {
        try (InputStream in = ProductVersion.class.getResourceAsStream("/META-INF/build-info.properties")) {
            Properties build = new Properties();
            if (in != null) {
                build.load(in);
            }
            return build.getProperty("build.version", "");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read META-INF/build-info.properties of the jar", e);
        }
    }
}
