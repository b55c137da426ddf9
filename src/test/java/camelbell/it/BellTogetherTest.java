package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.browser.Browser;
import camelbell.browser.BrowserSession;
import camelbell.browser.Browsers;
import camelbell.browser.Page;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tabs and devices of one person show the same, with one socket for the tabs of a browser. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BellTogetherTest {

    @RegisterExtension
    final BellRig rig = new BellRig();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @ParameterizedTest
    @EnumSource
    void two_tabs_and_a_phone_stay_in_step_and_the_tabs_share_one_socket(Browser browser) {
        BrowserSession session = browsers.get(browser);
        long person = rig.person();
        rig.tell(person, 1, "Homepage not loading", "LOW");
        rig.tell(person, 2, "Printer on fire", "LOW");
        rig.told(person, 2);
        String page = rig.page(person, "");
        Bell one = new Bell(session.open(page));
        one.untilUnread(2);
        Bell two = new Bell(session.open(page));
        two.until("live");
        two.untilUnread(2);
        Bell phone = new Bell(session.openElsewhere(page));
        phone.until("live");
        assertThat(List.of(one.sockets(), two.sockets(), phone.sockets())).containsExactly(1, 0, 1);

        two.page.activate();
        two.open();
        two.untilItems(2);
        two.page.clickOn(Bell.named("Mark as read"));

        for (Bell bell : List.of(one, two, phone)) {
            bell.untilUnread(1);
        }
        one.page.activate();
        one.open();
        one.page.until(Bell.unread() + " === 1");

        rig.tell(person, 3, "Third", "LOW");
        for (Bell bell : List.of(one, two, phone)) {
            bell.untilUnread(2);
        }
        phone.page.activate();
        phone.open();
        phone.page.clickOn(Bell.named("Mark all as read"));
        for (Bell bell : List.of(one, two, phone)) {
            bell.untilUnread(0);
        }
        one.page.activate();
        one.page.until(Bell.unread() + " === 0");
        assertThat(List.of(one.sockets(), two.sockets(), phone.sockets())).containsExactly(1, 0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void the_tab_that_stays_takes_over_when_the_one_with_the_socket_is_closed(Browser browser) {
        BrowserSession session = browsers.get(browser);
        long person = rig.person();
        String page = rig.page(person, "");
        Bell leader = new Bell(session.open(page));
        leader.until("live");
        Bell stays = new Bell(session.open(page));
        stays.until("live");
        assertThat(stays.sockets()).isZero();

        leader.page.close();
        await().until(() -> stays.sockets() == 1);
        stays.until("live");
        rig.tell(person, 1, "Homepage not loading", "LOW");
        stays.untilUnread(1);
        stays.page.activate();
        stays.open();
        stays.untilItems(1);
    }

    @ParameterizedTest
    @EnumSource
    void two_bells_on_one_page_show_the_same_by_one_socket_and_one_that_is_moved_keeps_it(Browser browser) {
        long person = rig.person();
        String both = BellRig.element(person, "") + BellRig.element(person, "");
        Page page = browsers.get(browser)
                .open(rig.site.page(rig.address(), "", "<header>" + both + "</header><main></main>"));
        Bell bell = new Bell(page);
        bell.until("live");
        rig.tell(person, 1, "Homepage not loading", "LOW");
        bell.untilUnread(1);
        page.until("document.querySelectorAll('camelbell-bell[unread=\"1\"][status=live]').length === 2");

        page.evaluate("document.querySelector('main').append(document.querySelector('camelbell-bell')) ?? 0");
        rig.tell(person, 2, "Printer on fire", "LOW");
        page.until("document.querySelectorAll('camelbell-bell[unread=\"2\"][status=live]').length === 2");
        page.evaluate("document.querySelector('header camelbell-bell').remove() ?? 0");
        rig.tell(person, 3, "Third", "LOW");
        bell.untilUnread(3);
        assertThat(bell.sockets()).isEqualTo(1);
        bell.open();
        bell.untilItems(3);
    }
}
