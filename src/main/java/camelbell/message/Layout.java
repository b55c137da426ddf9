package camelbell.message;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;

/** What stands around the words: templates mail.html and mail.txt for mails, unsubscribe.html, parsed once. */
@Component("mailLayout")
class Layout {

    private final PebbleTemplate html;
    private final PebbleTemplate text;
    private final PebbleTemplate page;

    Layout(MessageProperties properties, ResourceLoader resources) {
        TemplateFolder folder = new TemplateFolder(properties.routes() + "/templates", resources);
        html = template(folder, "mail.html", true);
        text = template(folder, "mail.txt", false);
        page = template(folder, "unsubscribe.html", true);
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

    private static PebbleTemplate template(TemplateFolder folder, String name, boolean escape) {
        try {
            return new PebbleEngine.Builder()
                    .loader(folder)
                    .strictVariables(true)
                    .newLineTrimming(false)
                    .autoEscaping(escape)
                    .build()
                    .getTemplate(name);
        } catch (PebbleException e) {
            throw invalid(name, e);
        }
    }

    private static String render(PebbleTemplate template, Map<String, Object> values) {
        try {
            StringWriter writer = new StringWriter(4096);
            template.evaluate(writer, values);
            return writer.toString();
        } catch (PebbleException e) {
            throw invalid(template.getName(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidTemplateException invalid(String name, PebbleException e) {
        Integer line = e.getLineNumber();
        return new InvalidTemplateException("templates/" + name, line == null ? 0 : line, e.getPebbleMessage(), e);
    }
}
