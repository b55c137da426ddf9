package camelbell.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a page of the documentation.
 *
 * @param language what stands behind the fence: sh is run
 * @param shown the block of kind text right behind it, which is what it prints; empty when there is none
 */
record PageBlock(Path page, String language, String text, String shown) {

    private static final Pattern FENCE =
            Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```\n(?=(\n*)( *```text\n(.*?)^ *```)?)");

    static List<PageBlock> all() throws IOException {
        return pages().stream().flatMap(page -> of(page).stream()).toList();
    }

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> files = Files.walk(Path.of("src/docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    static List<PageBlock> of(Path page) {
        try {
            List<PageBlock> blocks = new ArrayList<>();
            Matcher fence = FENCE.matcher(Files.readString(page) + "\n");
            while (fence.find()) {
                String text = fence.group(3).replaceAll("(?m)^" + fence.group(1), "");
                blocks.add(new PageBlock(page, fence.group(2), text, fence.group(6) == null ? "" : fence.group(6)));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRun() {
        return language.equals("sh");
    }

    @Override
    public String toString() {
        return page + ": " + text.lines().findFirst().orElse("");
    }
}
