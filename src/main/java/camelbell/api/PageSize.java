package camelbell.api;

import camelbell.rest.Ids;
import camelbell.rest.Query;

/** How many a page holds: 20 unless asked otherwise, 100 at most; what is no positive number counts as not asked. */
final class PageSize {

    private static final int DEFAULT = 20;
    private static final int MAX = 100;

    private PageSize() {}

    static int of(Query query) {
        String text = query.text("page_size");
        if (!text.matches("0*[1-9][0-9]*")) {
            return DEFAULT;
        }
        Long size = Ids.of(text);
        return size == null ? MAX : (int) Math.min(size, MAX);
    }
}
