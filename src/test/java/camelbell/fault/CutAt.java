package camelbell.fault;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A word at which a connection is cut, so many times over all connections. */
final class CutAt {

    private final String word;
    private final boolean heard;
    private final int times;
    private final AtomicInteger seen = new AtomicInteger();

    CutAt(String word, boolean heard, int times) {
        this.word = word;
        this.heard = heard;
        this.times = times;
    }

    static CutAt never() {
        return new CutAt("", false, 0);
    }

    boolean heard() {
        return heard;
    }

    int struck() {
        return Math.min(times, seen.get());
    }

    /** Looks through one direction of one connection; the word may be spread over two reads. */
    static final class Search {
        private String rest = "";

        boolean strikes(CutAt cut, byte[] bytes, int count) {
            if (cut.times == 0) {
                rest = "";
                return false;
            }
            String text = rest + new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
            if (text.contains(cut.word)) {
                rest = "";
                return cut.seen.incrementAndGet() <= cut.times;
            }
            rest = text.substring(Math.max(0, text.length() - cut.word.length() + 1));
            return false;
        }
    }
}
