package camelbell.runtime.page;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file as it is served.
 *
 * @param etag of its bytes, with the quotes
 */
record ContractFile(String type, String caching, String etag, Buffer content) {

    /** Everything from this hub, nothing inline; pictures in style sheets are data. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "png", "image/png",
            "yaml", "application/yaml");

    private static final Set<String> PIECES = Set.of("css", "js", "png");

    static ContractFile of(String name, byte[] bytes) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.get(ending);
        if (type == null) {
            throw new IllegalArgumentException("No media type is known for the contract file " + name);
        }
        // contracts are asked for again each time; the pieces of the page only once an hour
        boolean piece = PIECES.contains(ending);
        return new ContractFile(type, piece ? "public, max-age=3600" : "no-cache", etag(bytes), Buffer.buffer(bytes));
    }

    /** One that is asked for again each time, whatever it is: the parts of a page that must be of one version. */
    static ContractFile fresh(String name, byte[] bytes) {
        ContractFile file = of(name, bytes);
        return new ContractFile(file.type, "no-cache", file.etag, file.content);
    }

    /** One whose address has its version: never another content, so that it is asked for once. */
    static ContractFile forever(String name, byte[] bytes) {
        ContractFile file = of(name, bytes);
        return new ContractFile(file.type, "public, max-age=31536000, immutable", file.etag, file.content);
    }

    /** A page that was made here. */
    static ContractFile page(Buffer html) {
        return of("page.html", html.getBytes());
    }

    /** True when the client's If-None-Match names this content. */
    boolean isKnown(@Nullable String tags) {
        return tags != null
                && Arrays.stream(tags.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16)) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
