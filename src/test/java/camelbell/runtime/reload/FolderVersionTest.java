package camelbell.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.model.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

class FolderVersionTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
    }

    @Test
    void the_same_files_have_the_same_digest_wherever_they_lie_and_whenever_they_were_written() throws IOException {
        Files.setLastModifiedTime(folder.resolve("policy.yaml"), FileTime.from(Instant.EPOCH));
        Files.writeString(folder.resolve("notes.txt"), "nobody reads this");

        assertThat(version(folder).digest())
                .isEqualTo(version(Path.of("routes")).digest())
                .matches("[0-9a-f]{12}");
    }

    @Test
    void what_is_another_one_new_or_gone_is_named() throws IOException {
        FolderVersion before = version(folder);
        Files.writeString(folder.resolve("templates/words/de.yaml"), "other");
        Files.writeString(folder.resolve("99-new.camel.yaml"), "");
        Files.delete(folder.resolve("90-retention.camel.yaml"));
        FolderVersion after = version(folder);

        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(after.changedSince(before))
                .containsExactly("90-retention.camel.yaml", "99-new.camel.yaml", "templates/words/de.yaml");
        assertThat(after.routes()).containsKey("99-new.camel.yaml").doesNotContainKey("policy.yaml");
    }

    @Test
    void whoever_wants_the_routes_of_the_jar_reloaded_is_told_that_nobody_saves_there() {
        assertThatThrownBy(() -> FolderWatch.folder("classpath:routes"))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "camelbell.reload is true and camelbell.routes is classpath:routes, in which nobody saves files:"
                                + " name a folder, such as file:/etc/camelbell/routes, or set camelbell.reload to false.");
    }

    private static FolderVersion version(Path folder) throws IOException {
        return FolderVersion.read("file:" + folder, new PathMatchingResourcePatternResolver());
    }
}
