package camelbell.operations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * A user record without what a person's URL keeps secret: its path and query, of which a chat's webhook consists, and a login. The
 * host stays, since it is what an operator looks for.
 */
final class MaskedUrls {

    /** As JSON may have it, with its strokes escaped. */
    private static final Pattern URL =
            Pattern.compile("(?i)(https?:(?:\\\\?/){2})(?:[^\\s\"'<>@/\\\\]*@)?([^\\s\"'<>/?#\\\\@]*)[^\\s\"'<>]*");

    private MaskedUrls() {}

    /** Bytes of any kind; those that are no part of a URL stay as they are. */
    static byte[] in(byte[] value) {
        return URL.matcher(new String(value, ISO_8859_1)).replaceAll("$1$2/...").getBytes(ISO_8859_1);
    }
}
