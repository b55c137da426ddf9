package camelbell.message;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ResourceLoader;

/** What stands around the words: templates mail.html and mail.txt for mails, unsubscribe.html, parsed once. */
class Layout {

    static final List<String> TEMPLATES = List.of("mail.html", "mail.txt", "unsubscribe.html");

    private final TemplateFolder folder;
    private final PebbleTemplate html;
    private final PebbleTemplate text;
    private final PebbleTemplate page;

    Layout(MessageProperties properties, ResourceLoader resources) {
        folder = folder(properties, resources);
        html = template(folder, "mail.html");
        text = template(folder, "mail.txt");
        page = template(folder, "unsubscribe.html");
    }

    /** Errors: InvalidTemplateException by file and line. */
    static void parse(MessageProperties properties, ResourceLoader resources, String name) {
        template(folder(properties, resources), name);
    }

    private static TemplateFolder folder(MessageProperties properties, ResourceLoader resources) {
        return new TemplateFolder(properties.routes() + "/templates", resources);
    }

    /** Every value is escaped for HTML. Errors: a variable that does not exist, by file and line. */
    String html(Map<String, Object> values) {
        return render(html, values);
    }

    String text(Map<String, Object> values) {
        return render(text, values);
    }

    /** The page behind an unsubscribe link; every value is escaped for HTML. */
    String page(Map<String, Object> values) {
        return render(page, values);
    }

    private static PebbleTemplate template(TemplateFolder folder, String name) {
        try {
            return new PebbleEngine.Builder()
                    .loader(folder)
                    .strictVariables(true)
                    .newLineTrimming(false)
                    .autoEscaping(name.endsWith(".html"))
                    .build()
                    .getTemplate(name);
        } catch (PebbleException e) {
            throw invalid(folder, name, e);
        }
    }

    private String render(PebbleTemplate template, Map<String, Object> values) {
        try {
            StringWriter writer = new StringWriter(4096);
            template.evaluate(writer, values);
            return writer.toString();
        } catch (PebbleException e) {
            throw invalid(folder, template.getName(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidTemplateException invalid(TemplateFolder folder, String name, PebbleException e) {
        Integer line = e.getLineNumber();
        return new InvalidTemplateException(folder.file(name), line == null ? 0 : line, e.getPebbleMessage(), e);
    }
}
