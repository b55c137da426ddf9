package camelbell.bench.push;

import java.util.List;

/** A part of the benchmark as the command line names it: {@code kind[:size[xtimes]]}; 0 is what was not said. */
record Part(String name, String kind, int size, int times) {

    static final String HELP =
            "one[:N], sockets:N, admins:N[xM], connects:N, idle:N, half[:RATE[xSECONDS]], burst:NxM, own:NxM";

    static Part of(String name) {
        List<String> words = List.of(name.split("[:x]", -1));
        String kind = words.get(0);
        return new Part(name, kind, number(words, 1), number(words, 2));
    }

    private static int number(List<String> words, int at) {
        return words.size() > at ? Integer.parseInt(words.get(at)) : 0;
    }

    /** How many people are needed. */
    int people() {
        return kind.equals("admins") || kind.equals("own") ? size : 0;
    }
}
