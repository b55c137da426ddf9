package camelbell.dev;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/**
 * The mailbox as a page: the list, beside it the message that is being read; a phone shows one of them. Everything that came
 * by mail is escaped; its HTML is another document, in a frame in which no script runs and links open a new tab.
 */
final class MailboxHtml {

    /** What a mail's own HTML may do, in its frame and anywhere else. */
    static final String SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    /** In text that is escaped; what ends a sentence is no part of it. */
    private static final Pattern LINK = Pattern.compile("https?://(?:(?!&(?:lt|gt|quot|#39);)[^\\s])+(?<![.,:!?)])");

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/mailbox.css">
            <script type="module" src="/mailbox.js"></script>
            </head>
            <body class="%s">
            <header>%s<p id="count">%d came</p></header>
            <main>
            <nav aria-label="Messages">
            <p class="empty"%s>No e-mail has come yet.</p>
            <ul data-here="%d">
            %s
            </ul>
            </nav>
            <article>
            """;

    private static final String END = "</article>\n</main>\n</body>\n</html>\n";

    private MailboxHtml() {}

    static String list(Mailbox.Counts counts, List<MailView> newestFirst) {
        return head("Mailbox", "choosing", "<h1 class=\"title\">Mailbox</h1>", counts, newestFirst, 0)
                + "<p class=\"empty\">Choose a message.</p>\n" + END;
    }

    static String message(Mailbox.Counts counts, List<MailView> newestFirst, MailView message) {
        String subject = message.header("Subject");
        return head(
                        subject,
                        "reading",
                        "<p class=\"title\"><a href=\"/\">Mailbox</a></p>",
                        counts,
                        newestFirst,
                        message.id())
                + "<p class=\"back\"><a href=\"/\">All messages</a></p>\n<h1>" + escaped(subject) + "</h1>\n<dl>"
                + term("From", message.header("From"))
                + term("To", message.header("To"))
                + term("Date", message.header("Date"))
                + "</dl>\n"
                + html(message)
                + "<details" + (message.html().isEmpty() ? " open" : "") + "><summary>Text</summary><pre>"
                + LINK.matcher(escaped(message.text()))
                        .replaceAll("<a href=\"$0\" target=\"_blank\" rel=\"noopener\">$0</a>")
                + "</pre></details>\n"
                + "<details><summary>Headers</summary><dl>"
                + message.headers().entrySet().stream()
                        .map(header -> term(header.getKey(), header.getValue()))
                        .collect(Collectors.joining("\n"))
                + "</dl></details>\n"
                + END;
    }

    /** The mail's own document; its links open outside of the frame that it is shown in. */
    static String own(MailView message) {
        String base = "<base target=\"_blank\">";
        String html = message.html();
        String told = html.replaceFirst("(?i)<head(\\s[^>]*)?>", "$0" + base);
        return told.equals(html) ? base + html : told;
    }

    private static String html(MailView message) {
        return message.html().isEmpty()
                ? ""
                : "<div><iframe title=\"The message as HTML\" sandbox=\"%s\" src=\"/messages/%d/html\"></iframe></div>\n"
                        .formatted(SANDBOX, message.id());
    }

    private static String head(
            String title, String kind, String name, Mailbox.Counts counts, List<MailView> newestFirst, long here) {
        String rows = newestFirst.stream().map(one -> row(one, here)).collect(Collectors.joining("\n"));
        return HEAD.formatted(
                escaped(title), kind, name, counts.messages(), newestFirst.isEmpty() ? "" : " hidden", here, rows);
    }

    private static String row(MailView message, long here) {
        String subject = message.header("Subject");
        return "<li data-id=\"%d\"><a href=\"/messages/%d\"%s><span class=\"subject\">%s</span><span class=\"to\">%s</span><time>%s</time></a></li>"
                .formatted(
                        message.id(),
                        message.id(),
                        message.id() == here ? " aria-current=\"page\"" : "",
                        escaped(subject.isEmpty() ? "(no subject)" : subject),
                        escaped(message.header("To")),
                        escaped(message.header("Date")));
    }

    private static String term(String name, String value) {
        return "<dt>" + escaped(name) + "</dt><dd>" + escaped(value) + "</dd>";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
