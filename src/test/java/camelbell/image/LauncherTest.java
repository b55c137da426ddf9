package camelbell.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code src/deploy/camelbell} gives to Java: in place of Java there is a script that prints what it was given. */
class LauncherTest {

    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

    private static final String JAVA =
            """
            #!/bin/sh
            if [ "$1" = -XshowSettings:system ]; then
              printf '%s\\n' "Operating System Metrics:" '    {system}' >&2
            else
              echo "$@"
            fi
            """;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "17.0.15, Effective CPU Count: 1, '', true",
        "17.0.15, Effective CPU Count: 2, '', true",
        "17.0.15, Effective CPU Count: 3, '', false",
        "17.0.15, Effective CPU Count: 16, '', false",
        "24.0.1, Effective CPU Count: 2, -Xmx1g, true",
        "17.0.15, Effective CPU Count: 2, -Xmx1g -XX:TieredStopAtLevel=4, false",
        "25.0.3, Effective CPU Count: 2, '', false"
    })
    void a_hub_on_one_or_two_processors_has_one_compiler(String java, String system, String options, boolean one)
            throws Exception {
        String given = launch(java, system, options, "--camelbell.node=a");
        assertThat(given.contains(ONE_COMPILER)).as(given).isEqualTo(one);
        assertThat(given).endsWith("-jar " + folder.resolve("camelbell.jar") + " --camelbell.node=a");
    }

    @ParameterizedTest
    @CsvSource({
        "17.0.15, Effective CPU Count: 2, '', true, true",
        "25.0.3, Effective CPU Count: 1, -Xmx1g, true, true",
        "25.0.3, Effective CPU Count: 3, '', false, false",
        "17.0.15, Effective CPU Count: 2, -Xms1g, true, false",
        "17.0.15, Effective CPU Count: 2, -XX:InitialRAMPercentage=20, true, false",
        "17.0.15, Effective CPU Count: 2, -XX:+UseG1GC, false, true",
        "17.0.15, Effective CPU Count: 2, -XX:+UseZGC -Xms1g, false, false",
        "17.0.15, Effective CPU Count: 2, -XX:+UseGCOverheadLimit, true, true",
        "17.0.15, Effective CPU Count: 2, @/etc/hub.options, false, false"
    })
    void there_its_heap_begins_small_with_one_collector_unless_others_are_asked_for(
            String java, String system, String options, boolean collector, boolean heap) throws Exception {
        String given = launch(java, system, options, "--camelbell.node=a");
        assertThat(given.contains("-XX:+UseSerialGC")).as(given).isEqualTo(collector);
        assertThat(given.contains("-Xms32m")).as(given).isEqualTo(heap);
    }

    @Test
    void a_command_has_no_collector_of_ours_beside_one_that_is_asked_for() throws Exception {
        assertThat(launch("17.0.15", "Effective CPU Count: 16", "-XX:+UseG1GC", "check"))
                .contains(ONE_COMPILER)
                .doesNotContain("-XX:+UseSerialGC");
    }

    @ParameterizedTest
    @CsvSource({"17.0.15", "25.0.3"})
    void a_jvm_that_does_not_say_how_many_it_has_is_started_all_the_same(String java) throws Exception {
        assertThat(launch(java, "System not containerized.", "", "--camelbell.node=a"))
                .contains("-XX:MaxRAMPercentage=75");
    }

    @ParameterizedTest
    @CsvSource({"check", "--version"})
    void a_command_has_one_compiler_on_any_machine(String command) throws Exception {
        assertThat(launch("17.0.15", "Effective CPU Count: 16", "", command))
                .contains(ONE_COMPILER)
                .endsWith(command);
    }

    @Test
    void a_cache_of_another_jar_or_java_is_told_of_and_not_used() throws Exception {
        Files.writeString(folder.resolve("camelbell.cache.of"), "of something else");
        Files.writeString(folder.resolve("camelbell.cache.hub"), "");
        assertThat(launch("17.0.15", "Effective CPU Count: 16", "", "--camelbell.node=a"))
                .contains("camelbell.cache.hub was made of another jar or by another Java")
                .contains("--make-cache")
                .doesNotContain("-XX:SharedArchiveFile");
    }

    @ParameterizedTest
    @CsvSource({"--camelbell.node=a", "check"})
    void jars_in_the_folder_extra_come_behind_the_hubs_own(String argument) throws Exception {
        Files.createDirectory(folder.resolve("extra"));
        String alone = launch("17.0.15", "Effective CPU Count: 16", "", argument);
        Files.writeString(folder.resolve("extra/one.jar"), "");
        Files.writeString(folder.resolve("extra/two.jar"), "");
        Files.writeString(folder.resolve("extra/notes.txt"), "");

        assertThat(alone).endsWith("-jar " + folder.resolve("camelbell.jar") + " " + argument);
        assertThat(launch("17.0.15", "Effective CPU Count: 16", "", argument))
                .isEqualTo(alone.replace(
                        "-jar " + folder.resolve("camelbell.jar"),
                        "-cp " + folder.resolve("camelbell.jar") + ":" + folder.resolve("extra/one.jar") + ":"
                                + folder.resolve("extra/two.jar") + " camelbell.CamelbellApplication"));
    }

    private String launch(String version, String system, String options, String argument) throws Exception {
        executable("java/bin/java", JAVA.replace("{system}", system));
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path launcher = executable("camelbell", Files.readString(Path.of("src/deploy/camelbell")));
        Files.writeString(folder.resolve("camelbell.jar"), "");
        ProcessBuilder start = new ProcessBuilder(List.of("sh", launcher.toString(), argument));
        start.environment().putAll(Map.of("JAVA_HOME", folder.resolve("java").toString(), "JDK_JAVA_OPTIONS", options));
        Process process = start.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Path executable(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
