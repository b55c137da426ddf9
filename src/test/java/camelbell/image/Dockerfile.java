package camelbell.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What src/deploy/Dockerfile says, as far as an image can be put together from it in a folder. */
final class Dockerfile {

    private final String text;

    Dockerfile() throws IOException {
        text = Files.readString(Path.of("src/deploy/Dockerfile")).replace("\\\n", " ");
    }

    /** The groups whose jars the build copies for the double. */
    List<String> copiedGroups() {
        return List.of(first("-DincludeGroupIds=(\\S+)", text).split(",", -1));
    }

    /** The commands of the build between which is a word of this kind, in their order. */
    List<String> buildCommands(String word) {
        return Pattern.compile("&& +([^&\n]*" + Pattern.quote(word) + "[^&\n]*)")
                .matcher(text)
                .results()
                .map(command -> command.group(1).strip())
                .toList();
    }

    /** What the stage itself runs, in its working directory. */
    List<String> runs(String stage) {
        return Pattern.compile("(?m)^RUN (.*)$")
                .matcher(stage(stage))
                .results()
                .map(command -> command.group(1).strip())
                .toList();
    }

    /** The stage's command, word by word. */
    List<String> entrypoint(String stage) throws IOException {
        String json = first("(?m)^ENTRYPOINT (\\[.*\\])$", stage(stage));
        return List.of(new ObjectMapper().readValue(json, String[].class));
    }

    /** Copies what the stage copies out of /build, which lies here, into its working directory, which is there. */
    void copy(String stage, Path build, Path image) throws IOException {
        List<MatchResult> copies = Pattern.compile("(?m)^COPY --from=build /build/(\\S+) (\\S+)$")
                .matcher(stage(stage))
                .results()
                .toList();
        if (copies.isEmpty()) {
            throw new IllegalStateException("the stage " + stage + " copies nothing");
        }
        for (MatchResult one : copies) {
            copy(build.resolve(one.group(1)), image.resolve(one.group(2)).normalize());
        }
    }

    private String stage(String name) {
        return first("(?ms)^FROM \\S+ AS " + Pattern.quote(name) + "$(.*?)(?=^FROM |\\z)", text);
    }

    private static String first(String pattern, String in) {
        Matcher matcher = Pattern.compile(pattern).matcher(in);
        if (!matcher.find()) {
            throw new IllegalStateException("the Dockerfile has no " + pattern);
        }
        return matcher.group(1);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
