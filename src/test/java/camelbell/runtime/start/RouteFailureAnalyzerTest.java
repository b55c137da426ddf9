package camelbell.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFailureAnalyzerTest {

    private static final String ROUTE =
            """
            - route:
                id: mine
                from:
                  uri: direct:mine
                  steps:
                    - to: STEP
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            '- route:'   | '- rooute:'          | line 1, column 3 | rooute
            '- to: STEP' | '- too: x'           | line 6, column   | too
            'steps:'     | '  steps:'           | line 5           | mapping values
            'STEP'       | nosuch:thing         | route mine       | nosuch
            'STEP'       | 'log:x?nosuch=1'     | route mine       | nosuch
            'STEP'       | 'bean:nobody'        | route mine       | nobody
            """)
    void what_camel_cannot_run_is_named_by_file_and_by_route_or_line(
            String found, String instead, String where, String what) throws Exception {
        Path file = folder.resolve("20-mine.camel.yaml");
        Files.writeString(file, ROUTE.replace(found, instead).replace("STEP", "log:x"));

        String sentence = RouteFailureAnalyzer.sentence(catchThrowable(() -> start(file)));

        assertThat(sentence)
                .startsWith("The routes cannot be run")
                .contains(where, what)
                .hasSizeLessThan(600);
        assertThat(sentence.lines()).hasSize(1);
        // of a route that it has read, Camel has forgotten the file
        assertThat(sentence.contains("20-mine.camel.yaml")).isEqualTo(where.startsWith("line"));
    }

    private static void start(Path file) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file));
            camel.start();
        }
    }
}
