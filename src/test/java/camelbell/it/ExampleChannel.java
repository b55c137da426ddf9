package camelbell.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A copy of routes/ with one example, put in as routes/examples/README.md says: its file, and its lines in two tables. */
public record ExampleChannel(Path folder) {

    /** Every event goes over it, too. */
    public static ExampleChannel in(Path folder, String code) throws IOException {
        QuickRoutes.in(folder);
        Path examples = folder.resolve("examples");
        String readme = Files.readString(examples.resolve("README.md"));
        String section = readme.substring(readme.indexOf("\n## " + code + "\n") + 1);
        Matcher file =
                Pattern.compile("`([0-9]{2}-channel-[a-z-]+\\.camel\\.yaml)`").matcher(section);
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(section);
        if (!file.find() || !block.find()) {
            throw new IllegalStateException("routes/examples/README.md does not say how to add " + code);
        }
        Files.copy(examples.resolve(file.group(1)), folder.resolve(file.group(1)));
        String policy = block.group(1);
        if (!block.find()) {
            throw new IllegalStateException("routes/examples/README.md has no lines for retries.yaml and " + code);
        }
        add(folder.resolve("policy.yaml"), "\nchannels:\n", policy);
        add(folder.resolve("retries.yaml"), "\nchannels:\n", quick(block.group(1)));
        Path table = folder.resolve("policy.yaml");
        Files.writeString(table, Files.readString(table).replace("SYSTEM]", "SYSTEM, " + code + "]"));
        return new ExampleChannel(folder);
    }

    /** With a link to opt out where its own text has none, put in as the README says. */
    public ExampleChannel withOptOutLink() throws IOException {
        put("53-channel-sms.camel.yaml", "${body.link}", "${body.link} ${body.unsubscribe}");
        put("54-channel-slack.camel.yaml", "<${body.link}>", "<${body.link}> <${body.unsubscribe}>");
        return this;
    }

    private void put(String file, String found, String instead) throws IOException {
        Path example = folder.resolve(file);
        if (Files.exists(example)) {
            Files.writeString(example, Files.readString(example).replace(found, instead));
        }
    }

    /** With waits that a test can wait for. */
    private static String quick(String retries) {
        return retries.replaceFirst("schedule: \\[[^\\]]*]", "schedule: [1s, 1s, 1s]")
                .replaceFirst("after: 2m", "after: 1s")
                .replaceFirst("open-for: 30s, stopped-for: 1m", "open-for: 1s, stopped-for: 1s");
    }

    private static void add(Path file, String below, String lines) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replace(below, below + lines));
    }

    /** As a setting of the hub. */
    public String setting() {
        return "camelbell.routes=file:" + folder;
    }
}
