package camelbell.message;

import camelbell.model.UnsubscribePage;
import camelbell.model.UnsubscribePage.State;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the page behind an unsubscribe link, in the reader's language. Errors: none after start-up. */
@Component("unsubscribePage")
class UnsubscribePageWriter {

    private final Vocabulary vocabulary;
    private final Layout layout;

    UnsubscribePageWriter(Vocabulary vocabulary, Layout layout) {
        this.vocabulary = vocabulary;
        this.layout = layout;
        // as with mails: a page that names what does not exist stops the start
        for (State state : State.values()) {
            vocabulary.all().forEach(words -> write(new UnsubscribePage(state, null, "EMAIL", "Email", "/u/x"), words));
        }
    }

    /** Status and HTML of an answer. */
    public record Answer(int status, String html) {}

    public Answer write(UnsubscribePage page) {
        return write(page, vocabulary.in(page.locale()));
    }

    private Answer write(UnsubscribePage page, Words words) {
        Map<String, Object> values = Map.of(
                "locale", words.locale(),
                "labels", words.labels(),
                "state", page.state().name().toLowerCase(Locale.ROOT),
                "channel", words.values().getOrDefault(page.channel(), page.display()),
                "path", page.path());
        return new Answer(status(page.state()), layout.page(values));
    }

    private static int status(@Nullable State state) {
        return state == State.INVALID ? 404 : state == State.UNAVAILABLE ? 503 : 200;
    }
}
