package camelbell.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpoint;

/** A routes folder in which files are saved while a hub runs on it, and what the hub's health says of it. */
record SavedRoutes(Hub hub, Path folder) {

    /** Replaces a text in a file, which must be there. */
    void save(String file, String text, String instead) throws IOException {
        Path path = folder.resolve(file);
        String before = Files.readString(path);
        if (!before.contains(text)) {
            throw new IllegalStateException(file + " has no " + text);
        }
        Files.writeString(path, before.replace(text, instead));
    }

    /** The same, until it runs. */
    void apply(String file, String text, String instead) throws IOException {
        String before = digest();
        save(file, text, instead);
        awaitOther(before);
    }

    void awaitOther(String digest) {
        await().until(() -> !digest().equals(digest) && refusal().isEmpty());
    }

    /** The same, until it is refused; answers why. */
    String refuse(String file, String text, String instead) throws IOException {
        String before = details().path("refused").asText();
        save(file, text, instead);
        return awaitRefusal(before);
    }

    /** @param before the digest that was refused last; empty: none */
    String awaitRefusal(String before) {
        await().until(() -> !details().path("refused").asText(before).equals(before));
        return refusal();
    }

    String digest() {
        return details().path("digest").asText();
    }

    /** Why the version that was saved last does not run; empty when it does. */
    String refusal() {
        return details().path("refused_for").asText();
    }

    JsonNode details() {
        Health health = (Health) hub.bean(HealthEndpoint.class).healthForPath("tables");
        return new JsonMapper().valueToTree(health.getDetails());
    }

    /** All files as they are now, to be put back. */
    List<Kept> keep() throws IOException {
        List<Kept> kept = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                kept.add(new Kept(file, Files.readString(file)));
            }
        }
        return kept;
    }

    /** Puts them back, and waits until the hub runs on them. */
    void putBack(List<Kept> kept, String digest) throws IOException {
        for (Kept file : kept) {
            if (!Files.exists(file.path) || !Files.readString(file.path).equals(file.text)) {
                Files.writeString(file.path, file.text);
            }
        }
        await().until(() -> digest().equals(digest) && refusal().isEmpty());
    }

    record Kept(Path path, String text) {}
}
