package camelbell.bench.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes every message of the Cloud API. Copies of one have the same callback tag. */
final class CloudApiSink extends Sink {

    private static final String TAG = "\"biz_opaque_callback_data\":\"";

    CloudApiSink(int millis) {
        super(millis);
    }

    @Override
    void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
        for (String line = line(in); line != null; line = line(in)) {
            int length = 0;
            for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            int at = body.indexOf(TAG) + TAG.length();
            String tag = at < TAG.length() ? "" : body.substring(at, body.indexOf('"', at));
            tally.add(tag, body, length);
            provide();
            String answer = "{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"wamid." + tag + "\"}]}";
            say(
                    out,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length()
                            + "\r\n\r\n" + answer);
        }
    }
}
