package camelbell.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Curves over time as one SVG, which every browser shows: a field for each, from nothing up to the most that was seen. */
final class Picture {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 130;
    private static final int COLUMNS = 3;
    private static final int MARGIN = 34;

    private Picture() {}

    static void draw(Path file, String title, List<Sample> samples) throws IOException {
        List<Sample.Curve> curves = Sample.CURVES;
        int rows = (curves.size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n<text x=\"%d\" y=\"20\" font-size=\"14\">%s</text>%n",
                COLUMNS * (WIDTH + MARGIN) + MARGIN,
                rows * (HEIGHT + MARGIN) + 2 * MARGIN,
                MARGIN,
                title.replace("&", "&amp;").replace("<", "&lt;")));
        for (int i = 0; i < curves.size(); i++) {
            svg.append(field(
                    curves.get(i),
                    samples,
                    MARGIN + i % COLUMNS * (WIDTH + MARGIN),
                    2 * MARGIN + i / COLUMNS * (HEIGHT + MARGIN)));
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static String field(Sample.Curve curve, List<Sample> samples, int left, int top) {
        double most = samples.stream().mapToDouble(curve.value()).max().orElse(0);
        double scale = most == 0 ? 1 : most;
        int end = Math.max(1, samples.get(samples.size() - 1).second());
        String points = samples.stream()
                .map(sample -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        left + (double) WIDTH * sample.second() / end,
                        top + HEIGHT - HEIGHT * curve.value().applyAsDouble(sample) / scale))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "<rect x=\"%1$d\" y=\"%2$d\" width=\"%3$d\" height=\"%4$d\" fill=\"#f4f6f8\"/>%n"
                        + "<text x=\"%1$d\" y=\"%5$d\">%6$s: up to %7$s</text>%n"
                        + "<text x=\"%8$d\" y=\"%5$d\" text-anchor=\"end\" fill=\"#555\">%9$.1f min</text>%n"
                        + "<polyline points=\"%10$s\" fill=\"none\" stroke=\"#0b57a4\" stroke-width=\"1.5\"/>%n",
                left,
                top,
                WIDTH,
                HEIGHT,
                top - 5,
                curve.name(),
                shortly(most),
                left + WIDTH,
                end / 60.0,
                points);
    }

    /** With as many digits as say something. */
    static String shortly(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
