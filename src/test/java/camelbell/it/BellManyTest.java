package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import camelbell.browser.Browser;
import camelbell.browser.Browsers;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thousands of notifications while somebody reads: nothing jumps, nothing is lost or doubled. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BellManyTest {

    private static final int BEFORE = 60;
    private static final int MANY = 2000;

    /** Rows are not whole pixels high, scroll positions are. Far less than a line. */
    private static final int ROUNDING = 3;

    @RegisterExtension
    final BellRig rig = new BellRig();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Test
    void two_thousand_that_come_while_somebody_reads_move_nothing_and_are_all_there_once() {
        long person = rig.person();
        for (int number = 1; number <= BEFORE; number++) {
            rig.tell(person, number, "Ticket " + number, "LOW");
        }
        rig.told(person, BEFORE);
        Bell bell = rig.live(browsers.get(Browser.CHROMIUM), person);
        bell.page.until(
                "(globalThis.arrived = [], document.addEventListener('camelbell-notification', (e) => arrived.push(e.detail.id)), true)");
        bell.open();
        bell.page.until(Bell.part("list") + ".scrollHeight > 1500");
        bell.page.evaluate(Bell.part("list") + ".scrollTop = 600");
        String read = await().until(() -> bell.page.evaluate(MIDDLE).asText(), found -> !found.isEmpty());
        String where = "Math.round(document.querySelector('camelbell-bell').shadowRoot.querySelector('[data-row=\""
                + read + "\"]')?.getBoundingClientRect().top)";
        bell.page.until("new Promise((still) => { const before = " + where + "; setTimeout(() => still(" + where
                + " === before), 300); })");
        int before = bell.page.evaluate(where).asInt();

        for (int number = 1; number <= MANY; number++) {
            rig.tell(person, 1000 + number % 50, "Flood " + number, "LOW");
        }
        rig.told(person, BEFORE + MANY);
        String badge = "document.querySelector('camelbell-bell').getAttribute('unread') === '" + (BEFORE + MANY) + "'";
        await().atMost(Duration.ofMinutes(2))
                .until(() -> bell.page.evaluate(badge).asBoolean());
        bell.page.until("arrived.length >= " + MANY);

        assertThat(bell.page.evaluate(where).asInt()).as("where %s is", read).isCloseTo(before, within(ROUNDING));
        assertThat(bell.page.evaluate("[arrived.length, new Set(arrived).size]").toString())
                .isEqualTo("[%d,%d]".formatted(MANY, MANY));
        String ids = "document.querySelector('camelbell-bell').bell.getSnapshot().items.map(({ id }) => id)";
        assertThat(bell.page
                        .evaluate("new Set(" + ids + ").size === " + ids + ".length && " + ids + ".length >= " + MANY)
                        .asBoolean())
                .isTrue();
        bell.page.clickOn(Bell.button("new notifications"));
        bell.page.until(
                Bell.part("list") + ".scrollTop === 0 && " + Bell.part("item") + ".innerText.includes('Flood')");
        bell.page.clickOn(Bell.named("Mark all as read"));
        bell.untilUnread(0);
        assertThat(rig.hub.query(
                        "SELECT count(*) FROM notification_log WHERE seq IS NOT NULL AND read_at IS NULL AND recipient = "
                                + person))
                .isZero();
    }

    /** The row in the middle of the list, that somebody reads. */
    private static final String MIDDLE =
            "(() => { const box = " + Bell.part("list") + ".getBoundingClientRect();" + " return " + Bell.part("list")
                    + ".getRootNode().elementFromPoint(box.x + 40, box.y + box.height / 2)?.closest('[data-row]')?.dataset.row ?? ''; })()";
}
