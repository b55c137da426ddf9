package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.browser.Browser;
import camelbell.browser.BrowserSession;
import camelbell.browser.Browsers;
import camelbell.browser.Key;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bell as part of somebody's page: keys, languages, directions, hostile text and what is asked of the page. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BellPageTest {

    @RegisterExtension
    final BellRig rig = new BellRig();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @ParameterizedTest
    @EnumSource
    void everything_can_be_done_by_keys_and_the_focus_comes_back(Browser browser) {
        Bell bell = rig.live(browsers.get(browser), BellState.someone(rig));
        bell.untilUnread(5);
        bell.page.until("(document.querySelector('camelbell-bell').addEventListener('camelbell-ticket', (e) => {"
                + " e.preventDefault(); globalThis.chosen = e.detail.ticket; }), true)");
        bell.page.press(Key.TAB, Key.ENTER);
        bell.untilItems(5);
        assertThat(bell.page.evaluate(Bell.part("button") + ".ariaExpanded").asText())
                .isEqualTo("true");
        bell.page.until(Bell.part("panel") + ".contains(" + Bell.focused() + ") || " + Bell.focused() + " === "
                + Bell.part("panel"));

        for (int tabs = 0;
                tabs < 12 && !bell.page.evaluate(Bell.focusedIsItem()).asBoolean();
                tabs++) {
            bell.page.press(Key.TAB);
        }
        bell.page.until(Bell.focusedIsItem());
        bell.page.until("(globalThis.before = " + Bell.focused() + ".dataset.key, true)");
        bell.page.press(Key.DOWN);
        bell.page.until(Bell.focusedIsItem() + " && " + Bell.focused() + ".dataset.key !== before");
        bell.page.press(Key.UP);
        bell.page.until(Bell.focused() + ".dataset.key === before");
        bell.page.press(Key.END, Key.HOME);
        bell.page.until(Bell.focused() + ".dataset.key === before");
        bell.page.press(Key.TAB, Key.ENTER);
        bell.untilUnread(4);

        bell.page.press(Key.ESCAPE);
        bell.page.until("!document.querySelector('camelbell-bell').hasAttribute('open')");
        bell.page.until(Bell.focused() + " === " + Bell.part("button"));
        assertThat(bell.page.evaluate(Bell.part("button") + ".ariaLabel").asText())
                .contains("4 unread");
    }

    @ParameterizedTest
    @EnumSource
    void what_people_write_is_shown_as_text_and_turns_nothing_around(Browser browser) {
        long person = BellState.someone(rig);
        Bell bell = rig.live(browsers.get(browser), person);
        rig.tell(person, 12, BellState.HOSTILE, "HIGH");
        bell.untilUnread(6);
        bell.untilShown("toast");
        bell.open();
        bell.untilItems(6);
        assertThat(String.join("\n", bell.items())).contains("<img src=x", "<b>bold</b>");
        assertThat(bell.page
                        .evaluate("document.querySelector('camelbell-bell').shadowRoot.querySelectorAll('img').length")
                        .asInt())
                .isZero();
        assertThat(bell.page.evaluate("document.title").asText()).isEqualTo("Tickets");
        assertThat(
                        bell.texts(
                                "[...document.querySelector('camelbell-bell').shadowRoot.querySelectorAll('h4')].filter((one) => one.textContent.includes('\\u202e'))"
                                        + ".filter((one) => !one.querySelector('bdi')?.textContent.includes('\\u202e')).map((one) => one.textContent)"))
                .as("titles that are not isolated")
                .isEmpty();
        bell.assertNothingRefused();
    }

    @ParameterizedTest
    @EnumSource
    void a_page_from_right_to_left_is_mirrored(Browser browser) {
        String page = rig.page(BellState.someone(rig), "dir=\"rtl\"", "");
        Bell bell = new Bell(browsers.get(browser).open(page));
        bell.until("live");
        bell.open();
        bell.untilItems(5);
        assertThat(bell.page
                        .evaluate(
                                "(() => { const of = (one) => one.getBoundingClientRect(); const item = of("
                                        + Bell.part("item")
                                        + "), time = of(" + Bell.part("time") + "), panel = of(" + Bell.part("panel")
                                        + ");"
                                        + " return [time.left - panel.left < panel.right - time.right, panel.left < innerWidth / 2]; })()")
                        .toString())
                .as("times on the left, and the panel where the button is")
                .isEqualTo("[true,true]");
    }

    @Test
    void it_speaks_the_language_of_the_page_and_words_that_the_page_gives() {
        BrowserSession session = browsers.get(Browser.CHROMIUM);
        long person = BellState.someone(rig);
        Bell german = new Bell(session.open(rig.page(person, "lang=\"de\"", "")));
        german.until("live");
        german.open();
        german.untilItems(5);
        assertThat(german.text("panel")).contains("Benachrichtigungen", "Alle als gelesen markieren");
        german.page.close();

        Bell given = rig.open(session, person, "words='{\"title\": \"Glocke\"}'");
        given.until("live");
        given.open();
        given.page.until(Bell.part("header") + ".innerText.includes('Glocke')");
        assertThat(given.text("panel")).contains("Mark all as read");
        given.page.close();

        Bell fetched = rig.open(session, person, "words=\"/words.json\"");
        fetched.until("live");
        fetched.open();
        fetched.page.until(Bell.part("header") + ".innerText.includes('Berichten')");
        fetched.assertNothingRefused();
    }

    @ParameterizedTest
    @EnumSource
    void it_works_in_a_dialog_and_in_a_part_of_the_page_that_is_closed_to_scripts(Browser browser) {
        Bell bell = rig.live(browsers.get(browser), BellState.someone(rig));
        bell.page.evaluate("(() => { const bell = document.querySelector('camelbell-bell');"
                + " globalThis.dialog = document.createElement('dialog'); bell.before(dialog); dialog.append(bell);"
                + " dialog.showModal(); bell.show(); })() ?? 0");
        bell.untilItems(5);
        bell.page.press(Key.ESCAPE);
        bell.page.until("!document.querySelector('camelbell-bell').hasAttribute('open')");
        assertThat(bell.page.evaluate("dialog.open").asBoolean())
                .as("the key was for the panel")
                .isTrue();

        String touched = "(() => { const bell = document.querySelector('camelbell-bell') ?? globalThis.inside;"
                + " globalThis.inside = bell; if (!globalThis.outer) { dialog.close();"
                + " globalThis.outer = document.createElement('div'); document.body.append(outer);"
                + " outer.attachShadow({ mode: 'closed' }).append(bell); bell.show(); }"
                + " WHERE.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));"
                + " return bell.hasAttribute('open'); })()";
        assertThat(bell.page
                        .evaluate(touched.replace("WHERE", "bell.shadowRoot.querySelector('[part=list]')"))
                        .asBoolean())
                .as("open after a touch within")
                .isTrue();
        assertThat(bell.page.evaluate(touched.replace("WHERE", "document.body")).asBoolean())
                .as("open after a touch elsewhere")
                .isFalse();
    }

    @Test
    void nothing_moves_for_people_who_want_less_of_it() {
        Bell bell = rig.live(browsers.get(Browser.CHROMIUM), BellState.someone(rig));
        bell.page.media(Map.of("prefers-reduced-motion", "reduce"));
        bell.open();
        bell.untilItems(5);
        assertThat(bell.page
                        .evaluate(
                                "document.querySelector('camelbell-bell').shadowRoot.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length")
                        .asInt())
                .isZero();
    }

    @Test
    void what_is_looked_at_is_read() {
        long person = BellState.someone(rig);
        Bell bell = rig.live(browsers.get(Browser.CHROMIUM), person);
        bell.page.evaluate("document.querySelector('camelbell-bell').removeAttribute('read-on')");
        bell.page.size(800, 720, 1);
        bell.open();
        bell.untilItems(5);
        // how many are in view depends on the order they came in, since their titles are long and short
        bell.page.until(
                "['1', '2', '3', '4'].includes(document.querySelector('camelbell-bell').getAttribute('unread'))");
        assertThat(bell.items()).as("they stay where they were").hasSize(5);
        bell.page.evaluate(Bell.part("list") + ".scrollTop = 10000");
        bell.untilUnread(0);
    }

    @Test
    void a_page_that_opens_tickets_itself_is_asked_first() {
        Bell bell =
                rig.open(browsers.get(Browser.CHROMIUM), BellState.someone(rig), "ticket-href=\"/tickets/{ticket}\"");
        bell.until("live");
        bell.page.evaluate(
                "document.addEventListener('camelbell-ticket', (e) => { e.preventDefault(); globalThis.chosen = e.detail.ticket; }) ?? 0");
        String before = bell.page.evaluate("location.href").asText();
        bell.open();
        bell.click("item", "");
        bell.page.until("globalThis.chosen > 10");
        bell.untilUnread(4);
        assertThat(bell.page.evaluate("location.href").asText()).isEqualTo(before);
    }

    @Test
    void a_page_that_does_not_is_left_for_the_ticket() {
        Bell bell =
                rig.open(browsers.get(Browser.CHROMIUM), BellState.someone(rig), "ticket-href=\"/tickets/{ticket}\"");
        bell.until("live");
        bell.open();
        bell.untilItems(5);
        bell.click("item", "");
        bell.page.until("/^.tickets.1[1-4]$/.test(location.pathname)");
    }
}
