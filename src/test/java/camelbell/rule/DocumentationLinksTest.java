package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever follows a link in the documentation arrives, and every page is found from the index. */
class DocumentationLinksTest {

    private static final Path DOCS = Path.of("src/docs");
    private static final Path INDEX = DOCS.resolve("README.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\n]*`");
    private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void every_link_leads_to_a_file_and_a_place_in_it() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(CODE.matcher(text(page)).replaceAll(""));
            while (link.find()) {
                if (!link.group(1).contains("://") && !arrives(page, link.group(1))) {
                    broken.add(page + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** Decisions are found by their numbers, in their folder. */
    @Test
    void the_index_has_a_line_for_every_page() throws IOException {
        String index = text(INDEX);
        for (Path page : pages()) {
            if (page.startsWith(DOCS) && !page.equals(INDEX) && !page.startsWith(DOCS.resolve("decisions"))) {
                assertThat(index)
                        .as("a line for %s, with a sentence on what it is for", page)
                        .containsPattern(
                                "\\]\\(" + Pattern.quote(DOCS.relativize(page).toString()) + "\\)[^\n]* \\S+");
            }
        }
    }

    private static boolean arrives(Path page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty()
                ? page
                : (page.getParent() == null ? Path.of("") : page.getParent())
                        .resolve(path)
                        .normalize();
        return Files.exists(target)
                && (hash < 0
                        || !target.toString().endsWith(".md")
                        || anchors(target).contains(link.substring(hash + 1)));
    }

    /** As GitHub and its like make them of headings, and those that a page sets itself. */
    private static Set<String> anchors(Path page) {
        String text = text(page);
        Set<String> anchors = new HashSet<>();
        ID.matcher(text).results().forEach(id -> anchors.add(id.group(1)));
        HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("<[^>]+>", "")
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                        .replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CHANGELOG.md")));
        for (String folder : List.of("src/docs", "src/bench", "routes")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
