package camelbell.fault;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Titles up to 4,096 code points stay whole; longer ones end in an ellipsis, between two graphemes. Source: contract §5. */
final class OddTitles {

    static final int WHOLE = 4096;

    private static final String ELLIPSIS = "…";

    /** A title that is one unit, which no reader would cut, again and again. */
    record Title(String unit, int times) {

        boolean stays() {
            return unit.codePoints().count() * times <= WHOLE;
        }

        boolean isRight(@Nullable String stored) {
            if (stored == null || stays()) {
                return unit.repeat(times).equals(stored);
            }
            boolean marked = stored.endsWith(ELLIPSIS) && stored.codePoints().count() <= WHOLE;
            String kept = marked ? stored.substring(0, stored.length() - 1) : stored;
            boolean whole = times == 1 || kept.length() % unit.length() == 0;
            return marked && whole && unit.repeat(times).startsWith(kept);
        }
    }

    private OddTitles() {}

    static void check(Rig rig, Map<String, Title> posted, Findings findings) {
        Map<String, String> stored = new HashMap<>();
        rig.database
                .rows("SELECT event_id, ticket_title FROM ticket_event WHERE source = '" + Beside.SOURCE + "'")
                .forEach(row -> stored.put(row.get(0), row.get(1)));
        posted.forEach((id, title) -> findings.unless(
                title.isRight(stored.get(id)),
                "title is not what was posted, shortened",
                id + ": " + title.times() + " x "
                        + title.unit()
                                .codePoints()
                                .limit(8)
                                .mapToObj(Integer::toHexString)
                                .toList()));
    }
}
