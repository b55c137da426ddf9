package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.browser.Browser;
import camelbell.browser.Browsers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bell comes back by itself from whatever ends its connection, and misses nothing. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BellConnectionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    final BellRig rig = new BellRig();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @ParameterizedTest
    @EnumSource
    void after_a_cut_it_has_what_came_meanwhile_once_each(Browser browser) {
        long person = rig.person();
        Bell bell = rig.live(browsers.get(browser), person);
        rig.wire.down();
        bell.until("offline");
        for (int ticket = 1; ticket <= 3; ticket++) {
            rig.tell(person, ticket, "While away " + ticket, "LOW");
        }
        rig.told(person, 3);

        bell.open();
        bell.untilShown("error");
        rig.wire.heal();
        bell.tryAgain();
        bell.until("live");
        bell.untilUnread(3);
        bell.page.clickOn(Bell.named("Close"));
        bell.open();
        bell.untilItems(3);
        bell.page.until("!" + Bell.part("error"));
        assertThat(String.join("\n", bell.items())).contains("While away 1", "While away 2", "While away 3");
    }

    @Test
    void a_hub_that_restarts_is_found_again() {
        long person = rig.person();
        Bell bell = rig.live(browsers.get(Browser.CHROMIUM), person);
        rig.hub.restart(() -> rig.tell(person, 1, "While it was down", "LOW"));
        rig.wire.target(rig.hub.port());

        await().atMost(PATIENCE).untilAsserted(() -> bell.untilUnread(1));
        bell.until("live");
        assertThat(bell.page.evaluate("closes[0]").asInt()).isEqualTo(1012);
        rig.tell(person, 2, "After it", "LOW");
        bell.untilUnread(2);
        bell.open();
        bell.untilItems(2);
    }

    /** Half a minute, since the client looks at each heartbeat whether its token ends before the one after the next. */
    @Test
    void a_token_that_ends_is_replaced_on_the_open_socket() {
        long person = rig.person();
        rig.site.tokens(person, fresh -> BellSite.good(person, Duration.ofSeconds(fresh ? 600 : 40)));
        Bell bell = rig.live(browsers.get(Browser.CHROMIUM), person);

        await().atMost(PATIENCE).until(() -> rig.site.asked(person).contains(true));
        rig.tell(person, 1, "After the first token", "LOW");
        bell.untilUnread(1);
        assertThat(bell.sockets()).isEqualTo(1);
        assertThat(bell.texts("closes")).isEmpty();
        assertThat(rig.site.asked(person)).containsExactly(false, true);
    }

    @ParameterizedTest
    @EnumSource
    void without_sockets_it_polls_and_marks_and_returns_to_a_socket_when_there_is_one(Browser browser) {
        long person = rig.person();
        rig.tell(person, 1, "Homepage not loading", "LOW");
        rig.told(person, 1);
        rig.wire.cutAt("GET /ws/", false, Integer.MAX_VALUE);
        Bell bell = rig.open(browsers.get(browser), person, "");
        bell.until("polling");
        bell.untilUnread(1);
        bell.open();
        bell.untilItems(1);
        bell.page.clickOn(Bell.named("Mark as read"));
        bell.untilUnread(0);

        rig.wire.heal();
        bell.tryAgain();
        bell.until("live");
        rig.tell(person, 2, "Printer on fire", "LOW");
        bell.untilUnread(1);
    }

    @Test
    void a_place_that_becomes_free_is_taken_when_somebody_asks() {
        Bell bell = BellState.TOO_MANY_CONNECTIONS.reach(rig, browsers.get(Browser.CHROMIUM), "");
        assertThat(bell.page.evaluate("closes[0]").asInt()).isEqualTo(4409);
        await().until(() -> rig.hub.metric("camelbell.websocket.connections") <= 1);
        bell.page.evaluate("document.querySelector('camelbell-bell').bell.retry()");
        bell.until("live");
        bell.page.until("!" + Bell.part("error"));
    }

    @Test
    void a_sign_in_that_fails_and_then_works_is_tried_again() {
        long person = rig.person();
        AtomicBoolean signedIn = new AtomicBoolean();
        rig.site.tokens(person, fresh -> {
            if (!signedIn.get()) {
                throw new IllegalStateException("not yet");
            }
            return BellSite.good(person, Duration.ofMinutes(10));
        });
        Bell bell = rig.open(browsers.get(Browser.CHROMIUM), person, "");
        bell.until("offline");
        bell.open();
        bell.page.until(Bell.part("error") + "?.innerText.includes('no access token')");
        signedIn.set(true);
        bell.tryAgain();
        bell.until("live");
        bell.untilShown("empty");
    }

    @Test
    void somebody_else_who_signs_in_sees_nothing_of_the_one_before() {
        long first = BellState.someone(rig);
        long second = rig.person();
        Bell bell = rig.live(browsers.get(Browser.CHROMIUM), first);
        bell.untilUnread(5);
        rig.site.tokens(first, fresh -> BellSite.good(second, Duration.ofMinutes(10)));
        bell.page.evaluate("sockets.forEach((socket) => socket.close(4401)) ?? 0");

        bell.until("live");
        bell.untilUnread(0);
        bell.open();
        bell.untilShown("empty");
        assertThat(bell.items()).isEmpty();
    }
}
