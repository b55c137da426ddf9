package camelbell.message;

import camelbell.model.Current;
import camelbell.model.UnsubscribePage;
import camelbell.model.UnsubscribePage.State;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the page behind an unsubscribe link, in the reader's language. Errors: none after start-up. */
@Component("unsubscribePage")
class UnsubscribePageWriter {

    private final Current<Texts> texts;

    UnsubscribePageWriter(Current<Texts> texts) {
        this.texts = texts;
        mustWrite(texts.now().vocabulary(), texts.now().layout());
    }

    /** As with mails: a page that names what does not exist stops the start. */
    static void mustWrite(Vocabulary vocabulary, Layout layout) {
        for (State state : State.values()) {
            UnsubscribePage sample = new UnsubscribePage(state, null, "EMAIL", "Email", "/u/x");
            vocabulary.all().forEach(words -> write(sample, words, layout));
        }
    }

    /** Status and HTML of an answer. */
    public record HtmlAnswer(int status, String html) {}

    public HtmlAnswer write(UnsubscribePage page) {
        Texts with = texts.now();
        return write(page, with.vocabulary().in(page.locale()), with.layout());
    }

    private static HtmlAnswer write(UnsubscribePage page, Words words, Layout layout) {
        Map<String, Object> values = Map.of(
                "locale", words.locale(),
                "labels", words.labels(),
                "state", page.state().name().toLowerCase(Locale.ROOT),
                "channel", words.values().getOrDefault(page.channel(), page.display()),
                "path", page.path());
        return new HtmlAnswer(status(page.state()), layout.page(values));
    }

    private static int status(@Nullable State state) {
        return state == State.INVALID ? 404 : state == State.UNAVAILABLE ? 503 : 200;
    }
}
