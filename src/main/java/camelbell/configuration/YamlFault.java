package camelbell.configuration;

import camelbell.configuration.Finding.Severity;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in a line why a text is no YAML; the library does it in a paragraph that quotes the text. */
final class YamlFault {

    private YamlFault() {}

    static Finding finding(String file, Throwable failure) {
        MarkedYAMLException marked = find(failure, MarkedYAMLException.class);
        if (marked != null) {
            Mark mark = mark(marked);
            return finding(
                    file,
                    mark == null ? 0 : mark.getLine() + 1,
                    mark == null ? 0 : mark.getColumn() + 1,
                    String.valueOf(marked.getProblem()));
        }
        JsonProcessingException fault = find(failure, JsonProcessingException.class);
        JsonLocation at = fault == null ? null : fault.getLocation();
        return finding(
                file,
                at == null ? 0 : at.getLineNr(),
                at == null ? 0 : at.getColumnNr(),
                fault == null ? String.valueOf(failure.getMessage()) : fault.getOriginalMessage());
    }

    /** Where a thing begins that has no end, or else where something stands that cannot stand there. */
    private static @Nullable Mark mark(MarkedYAMLException e) {
        String context = String.valueOf(e.getContext());
        boolean unended = context.contains("flow") || context.contains("scanning");
        return unended && e.getContextMark() != null ? e.getContextMark() : e.getProblemMark();
    }

    private static Finding finding(String file, int line, int column, String why) {
        String sentence = why.contains("<block end>")
                ? "this does not fit what stands above it: a quote or a bracket without its end, or another indentation"
                : why.lines().findFirst().orElse("").replaceFirst("[.]$", "");
        return new Finding(file, line, column, Severity.ERROR, "not YAML: " + sentence);
    }

    private static <T> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable link = failure; link != null && link != link.getCause(); link = link.getCause()) {
            if (type.isInstance(link)) {
                return type.cast(link);
            }
        }
        return null;
    }
}
