package camelbell.dev;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** The two pages of the mailbox; everything that came by mail is escaped, its HTML shown in an empty sandbox. */
final class MailboxHtml {

    private static final String HEAD =
            """
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Mailbox</title>
            <style>body{font:15px system-ui;margin:2rem;max-width:70rem}td,th{text-align:left;padding:.2rem 1rem .2rem 0;
            vertical-align:top}pre{white-space:pre-wrap}iframe{width:100%;height:30rem;border:1px solid #ccc}</style>
            """;

    private MailboxHtml() {}

    static String list(Mailbox.Counts counts, List<MailView> newestFirst) {
        String rows = newestFirst.stream().map(MailboxHtml::row).collect(Collectors.joining("\n"));
        return HEAD
                + """
                <h1>Mailbox</h1>
                <p>%d messages came, %d of them a second time. The newest %d:</p>
                <table><tr><th>To<th>Subject<th>Date</tr>
                %s
                </table>
                """
                        .formatted(counts.messages(), counts.duplicates(), newestFirst.size(), rows);
    }

    static String message(MailView message) {
        String headers = message.headers().entrySet().stream()
                .map(header -> "<tr><th>" + escaped(header.getKey()) + "<td>" + escaped(header.getValue()) + "</tr>")
                .collect(Collectors.joining("\n"));
        return HEAD
                + """
                <p><a href="/">All messages</a></p>
                <h1>%s</h1>
                <h2>HTML</h2><iframe sandbox srcdoc="%s"></iframe>
                <h2>Text</h2><pre>%s</pre>
                <h2>Headers</h2><table>%s</table>
                """
                        .formatted(
                                escaped(message.header("Subject")),
                                escaped(message.html()),
                                escaped(message.text()),
                                headers);
    }

    private static String row(MailView message) {
        return "<tr><td>%s<td><a href=\"/messages/%d\">%s</a><td>%s</tr>"
                .formatted(
                        escaped(message.header("To")),
                        message.id(),
                        escaped(message.header("Subject")),
                        escaped(message.header("Date")));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
