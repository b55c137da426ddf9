package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;

import camelbell.browser.Browser;
import camelbell.browser.Browsers;
import camelbell.browser.Page;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each state of the bell, in both browsers, light and dark, both directions and three widths; pictures in target/screenshots. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BellStatesTest {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int HEIGHT = 720;

    @RegisterExtension
    final BellRig rig = new BellRig();

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @ParameterizedTest
    @EnumSource
    void a_state_is_shown_and_nothing_is_wrong_with_it_for_anybody(BellState state) {
        Bell bell = state.reach(rig, browsers.get(Browser.CHROMIUM), "");
        for (String scheme : new String[] {"light", "dark"}) {
            bell.page.media(Map.of("prefers-color-scheme", scheme, "prefers-reduced-motion", "reduce"));
            bell.assertAccessible(state + " " + scheme);
            for (int width : new int[] {320, 375, 1280}) {
                bell.page.size(width, HEIGHT, 1);
                bell.page.screenshot(PICTURES.resolve("%s-%s-%d.png".formatted(state.file(), scheme, width)));
                assertFits(bell.page, width);
            }
        }
        bell.page.evaluate("document.documentElement.dir = 'rtl'");
        bell.page.until("getComputedStyle(" + Bell.part("panel") + ").direction === 'rtl'");
        bell.page.size(1024, HEIGHT, 1); // places the panel anew
        assertFits(bell.page, 1024);
        bell.assertAccessible(state + " from right to left");
        bell.page.screenshot(PICTURES.resolve(state.file() + "-rtl-1024.png"));
        bell.page.size(640, HEIGHT, 2);
        assertFits(bell.page, 640);
        bell.assertNothingRefused();
    }

    /** Nothing has to be scrolled sideways, and the panel is all within the window. */
    private static void assertFits(Page page, int width) {
        page.until("innerWidth === " + width);
        assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        page.until(
                "(() => { const box = " + Bell.part("panel") + ".getBoundingClientRect();"
                        + " return box.left >= 0 && Math.round(box.right) <= innerWidth && Math.round(box.bottom) <= innerHeight; })()");
        assertThat(page.evaluate(Bell.part("panel") + ".scrollWidth <= " + Bell.part("panel") + ".clientWidth")
                        .asBoolean())
                .as("no part of the panel is cut off at %d", width)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "LIST", "OFFLINE", "TOKEN_CALLBACK_FAILS", "REFUSED"})
    void firefox_shows_it_too(BellState state) {
        Bell bell = state.reach(rig, browsers.get(Browser.FIREFOX), "");
        bell.page.size(375, HEIGHT, 1);
        bell.page.screenshot(PICTURES.resolve(state.file() + "-firefox-375.png"));
        assertFits(bell.page, 375);
        bell.assertAccessible(state + " in Firefox");
        bell.assertNothingRefused();
    }
}
