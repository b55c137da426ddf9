package camelbell.runtime.page;

import camelbell.runtime.ProductVersion;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The page to browse and try REST, with the version of this build. */
final class ApiPage {

    private ApiPage() {}

    static Buffer html(byte[] page) {
        return Buffer.buffer(
                new String(page, StandardCharsets.UTF_8).replace("{version}", HtmlPage.text(ProductVersion.get())));
    }
}
