package camelbell.runtime.reload;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * What the routes folder holds at one moment, as far as a hub reads it.
 *
 * @param texts by their names in the folder, such as {@code templates/words/en.yaml}
 * @param digest of names and contents; the same on every node that has the same files
 */
record FolderVersion(SortedMap<String, String> texts, String digest) {

    private static final List<String> READ = List.of(
            "*.camel.yaml",
            "policy.yaml",
            "retries.yaml",
            "whatsapp-templates.yaml",
            "templates/mail.html",
            "templates/mail.txt",
            "templates/unsubscribe.html",
            "templates/words/*.yaml");

    /** As many hexadecimal digits of SHA-256 as people can compare. */
    private static final int LENGTH = 12;

    static final String ROUTES = ".camel.yaml";

    /**
     * Reads it.
     *
     * @param folder a Spring resource folder, as {@code camelbell.routes} names it
     */
    static FolderVersion read(String folder, ResourcePatternResolver resources) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String pattern : READ) {
            String below = pattern.substring(0, pattern.lastIndexOf('/') + 1);
            for (Resource file : files(folder + "/" + pattern, resources)) {
                texts.put(below + file.getFilename(), file.getContentAsString(StandardCharsets.UTF_8));
            }
        }
        return new FolderVersion(texts, digest(texts));
    }

    /** Of a folder that could not be read: any other differs from it. */
    static FolderVersion unknown() {
        return new FolderVersion(new TreeMap<>(), "unknown");
    }

    /** What is another one, new or gone since then. */
    List<String> changedSince(FolderVersion before) {
        return Stream.concat(texts.keySet().stream(), before.texts.keySet().stream())
                .distinct()
                .filter(name -> !String.valueOf(texts.get(name)).equals(String.valueOf(before.texts.get(name))))
                .sorted()
                .toList();
    }

    /** The route files among them. */
    SortedMap<String, String> routes() {
        SortedMap<String, String> routes = new TreeMap<>(texts);
        routes.keySet().removeIf(name -> !name.endsWith(ROUTES));
        return routes;
    }

    private static List<Resource> files(String pattern, ResourcePatternResolver resources) throws IOException {
        try {
            return Stream.of(resources.getResources(pattern))
                    .filter(Resource::exists)
                    .toList();
        } catch (FileNotFoundException none) {
            return List.of(); // no such folder: whoever reads it says so
        }
    }

    private static String digest(SortedMap<String, String> texts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            texts.forEach((name, text) -> {
                sha.update(name.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
                sha.update(text.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            });
            return HexFormat.of().formatHex(sha.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
