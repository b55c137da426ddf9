package camelbell.it;

import camelbell.browser.BrowserSession;
import camelbell.browser.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Every state that a bell can be seen in, and how a person gets there; each ends with its panel open. */
enum BellState {
    LOADING {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            long person = rig.person();
            CountDownLatch never = new CountDownLatch(1);
            rig.site.tokens(person, fresh -> {
                never.await();
                return "";
            });
            return opened(show(rig, browser, person, html, ""), "connecting", "loading");
        }
    },
    EMPTY {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            return opened(show(rig, browser, rig.person(), html, ""), "live", "empty");
        }
    },
    LIST {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            return opened(show(rig, browser, someone(rig), html, ""), "live", "item");
        }
    },
    OFFLINE {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            Bell bell = opened(show(rig, browser, someone(rig), html, ""), "live", "item");
            rig.wire.down();
            bell.until("offline");
            bell.untilShown("error");
            return bell;
        }
    },
    TOKEN_CALLBACK_FAILS {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            long person = rig.person();
            rig.site.tokens(person, fresh -> {
                throw new IllegalStateException("nobody is signed in");
            });
            return opened(show(rig, browser, person, html, ""), "offline", "error");
        }
    },
    WRONG_ADDRESS {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            return opened(
                    show(rig, browser, rig.person(), html, "hub=\"" + rig.site.origin() + "\""), "offline", "error");
        }
    },
    ORIGIN_NOT_ALLOWED {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            String page = rig.stranger.page(rig.address(), html, BellRig.body(rig.person(), ""));
            return opened(new Bell(browser.open(page)), "offline", "error");
        }
    },
    REFUSED {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            long person = rig.person();
            rig.site.tokens(person, fresh -> BellSite.good(person, Duration.ofMinutes(-10)));
            return opened(show(rig, browser, person, html, ""), "refused", "error");
        }
    },
    NO_SOCKET {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            rig.wire.cutAt("GET /ws/", false, Integer.MAX_VALUE);
            return opened(show(rig, browser, someone(rig), html, ""), "polling", "item");
        }
    },
    TOO_MANY_CONNECTIONS {
        @Override
        Bell reach(BellRig rig, BrowserSession browser, String html) {
            long person = someone(rig);
            List<Caller> others = new ArrayList<>();
            for (int number = 0; number < 10; number++) {
                others.add(new Caller(rig.hub.port(), person));
            }
            Bell bell = opened(show(rig, browser, person, html, ""), "polling", "item");
            others.forEach(Caller::close);
            return bell;
        }
    };

    /** Text that harms whoever takes it for more than text: markup, and letters that turn the line around. */
    static final String HOSTILE = "<img src=x onerror=\"document.title='harmed'\"> \u202Egnp.exe & <b>bold</b>";

    static final String LONG =
            "Donaudampfschifffahrtsgesellschaftskapitaenskajuetenfensterputzmittelbestellung at once, please, for all of us";

    abstract Bell reach(BellRig rig, BrowserSession browser, String html);

    /** For the names of pictures. */
    String file() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Somebody with notifications of several tickets. */
    static long someone(BellRig rig) {
        long person = rig.person();
        rig.tell(person, 11, "Homepage not loading", "HIGH");
        rig.tell(person, 11, "Homepage not loading", "MEDIUM");
        rig.tell(person, 12, HOSTILE, "LOW");
        rig.tell(person, 13, LONG, "CRITICAL");
        rig.tell(person, 14, "لا يمكن فتح الصفحة الرئيسية", "MEDIUM");
        rig.told(person, 5);
        return person;
    }

    private static Bell show(BellRig rig, BrowserSession browser, long person, String html, String attributes) {
        Page page = browser.open(rig.page(person, html, attributes));
        return new Bell(page);
    }

    private static Bell opened(Bell bell, String status, String part) {
        bell.until(status);
        bell.open();
        bell.untilShown(part);
        return bell;
    }
}
