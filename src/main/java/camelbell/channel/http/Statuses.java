package camelbell.channel.http;

import java.util.Arrays;
import java.util.List;

/** HTTP statuses, as {@code 200, 202} or {@code 200-299} name them. */
record Statuses(List<Range> ranges) {

    /** Errors: {@link IllegalArgumentException} for what names none. */
    static Statuses of(String list) {
        return new Statuses(Arrays.stream(list.split("[ ,]+", -1))
                .filter(entry -> !entry.isBlank())
                .map(Statuses::range)
                .toList());
    }

    boolean contain(int status) {
        return ranges.stream().anyMatch(range -> status >= range.from && status <= range.to);
    }

    private static Range range(String entry) {
        if (!entry.matches("[1-5][0-9]{2}(-[1-5][0-9]{2})?")) {
            throw new IllegalArgumentException(
                    "\"" + entry + "\" is no status such as 200 and no range such as 200-299");
        }
        int from = Integer.parseInt(entry.substring(0, 3));
        return new Range(from, entry.length() == 3 ? from : Integer.parseInt(entry.substring(4)));
    }

    private record Range(int from, int to) {}
}
