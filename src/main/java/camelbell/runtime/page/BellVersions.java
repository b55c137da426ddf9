package camelbell.runtime.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The versions of the bell that this build has, from {@code versions.json} beside them.
 *
 * @param newest which one to name in a page
 * @param all the newest first
 */
record BellVersions(Version newest, List<Version> all) {

    /** The name of the file, with and without its version in front. */
    static final String FILE = "camelbell-bell.js";

    /**
     * One that never changes.
     *
     * @param integrity its digest as a browser checks it (Subresource Integrity): {@code sha384-…}
     */
    record Version(String number, String integrity) {}

    static BellVersions of(byte[] json) throws IOException {
        JsonNode table = new ObjectMapper().readTree(json);
        List<Version> all = new ArrayList<>();
        table.path("versions")
                .properties()
                .forEach(one -> all.add(new Version(
                        one.getKey(), one.getValue().path("integrity").asText())));
        Collections.reverse(all); // a version is added behind those before it
        String current = table.path("current").asText();
        Version newest = all.stream()
                .filter(version -> version.number().equals(current))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The jar's bell/versions.json has no version that it calls current: \"" + current + "\""));
        return new BellVersions(newest, List.copyOf(all));
    }
}
