package camelbell.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The route files and what joins them.
 *
 * @param stages in the order of their numbers
 */
public record RouteMap(List<Stage> stages) {

    private static final String ENDING = ".camel.yaml";

    /** The queue of a channel, not the route of its attempts. */
    private static final Pattern CHANNEL = Pattern.compile("channel-(?!.*-attempt$).+");

    /**
     * One route file.
     *
     * @param name such as {@code 40-dispatch}
     * @param purpose in one sentence, without its full stop
     * @param routes their ids
     * @param inputs from outside of the program
     * @param outputs to outside of it, as far as an endpoint says so
     * @param calls names of other stages
     */
    public record Stage(
            String name,
            String purpose,
            List<String> routes,
            List<String> inputs,
            List<String> outputs,
            List<String> calls) {}

    /**
     * Reads the files. Errors: {@link IOException} for one that is no YAML.
     *
     * @param texts of all route files, by file name
     */
    public static RouteMap of(SortedMap<String, String> texts) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (Map.Entry<String, String> one : texts.entrySet()) {
            JsonNode content = new YAMLMapper().readTree(one.getValue());
            files.add(RouteFile.of(one.getKey().replace(ENDING, ""), one.getValue(), content));
        }
        Map<String, String> offered = new HashMap<>();
        files.forEach(file -> file.offers().forEach(name -> offered.put(name, file.name())));
        return new RouteMap(files.stream()
                .map(file -> new Stage(
                        file.name(),
                        file.purpose(),
                        file.routes(),
                        List.copyOf(file.inputs()),
                        List.copyOf(file.outputs()),
                        calls(file, files, offered)))
                .toList());
    }

    private static List<String> calls(RouteFile file, List<RouteFile> files, Map<String, String> offered) {
        Set<String> names = new TreeSet<>(file.calls());
        files.stream()
                .filter(other -> other.templates().stream().anyMatch(file.madeOf()::contains))
                .forEach(other -> names.addAll(other.calls()));
        Set<String> stages = new TreeSet<>();
        names.forEach(name -> {
            String stage = offered.get(name);
            if (stage != null && !stage.equals(file.name())) {
                stages.add(stage);
            }
        });
        if (file.channelsCalled()) {
            offered.forEach((name, stage) -> {
                if (CHANNEL.matcher(name).matches() && !stage.equals(file.name())) {
                    stages.add(stage);
                }
            });
        }
        return List.copyOf(stages);
    }

    /** As a diagram that GitHub and others draw of a block {@code mermaid}. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (Stage stage : stages) {
            text.append("  ")
                    .append(stage.name)
                    .append("[\"")
                    .append(stage.name)
                    .append("\"]\n");
            for (String input : stage.inputs) {
                if (!input.equals("a timer")) {
                    text.append("  ")
                            .append(outside(input))
                            .append(" --> ")
                            .append(stage.name)
                            .append('\n');
                }
            }
            for (String called : stage.calls) {
                text.append("  ")
                        .append(stage.name)
                        .append(" --> ")
                        .append(called)
                        .append('\n');
            }
            for (String output : stage.outputs) {
                text.append("  ")
                        .append(stage.name)
                        .append(" --> ")
                        .append(outside(output))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String outside(String what) {
        return what.replaceAll("[^A-Za-z0-9]+", "_") + "([\"" + what + "\"])";
    }
}
