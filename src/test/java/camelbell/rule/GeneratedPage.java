package camelbell.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the reference whose end is made of something else. {@code -Ddocs=write} writes it instead of comparing. */
record GeneratedPage(Path page) {

    private static final String MARK = "\n<!-- What follows is made by %s. -->\n\n";

    GeneratedPage(String name) {
        this(Path.of("src/docs/reference", name));
    }

    /** What stands above the mark is written by hand. */
    void holds(Class<?> maker, String made) throws IOException {
        String mark = MARK.formatted(maker.getSimpleName());
        String page = Files.readString(this.page);
        assertThat(page).contains(mark.strip());
        String wanted =
                page.substring(0, page.indexOf(mark.strip())).stripTrailing() + "\n" + mark + made.strip() + "\n";
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(this.page, wanted);
            return;
        }
        assertThat(page)
                .as("mvn -q test -Ddocs=write -Dtest=%s writes %s anew", maker.getSimpleName(), this.page)
                .isEqualTo(wanted);
    }
}
