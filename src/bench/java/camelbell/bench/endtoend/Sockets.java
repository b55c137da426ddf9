package camelbell.bench.endtoend;

import camelbell.it.Stack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Open sockets at a hub, one for each of the first people, which count their frames. */
final class Sockets implements AutoCloseable {

    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    private final List<One> all = new ArrayList<>();

    Sockets(int port, int count) {
        HttpClient http = HttpClient.newHttpClient();
        for (int person = 1; person <= count; person++) {
            URI uri = URI.create("ws://localhost:" + port + "/ws/notifications/?token=" + token(person));
            One one = new One();
            one.socket = http.newWebSocketBuilder().buildAsync(uri, one).join();
            all.add(one);
        }
    }

    /** Frames that have come, of all. */
    long frames() {
        return all.stream().mapToLong(one -> one.frames).sum();
    }

    /** Frames that did not follow the one before. */
    long outOfTurn() {
        return all.stream().mapToLong(one -> one.outOfTurn).sum();
    }

    /** Until so many have come; false when no more come. */
    boolean await(long wanted) throws InterruptedException {
        for (int tenths = 0; frames() < wanted; tenths++) {
            if (tenths == 100) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return true;
    }

    @Override
    public void close() {
        all.forEach(one -> {
            if (one.socket != null) {
                one.socket.abort();
            }
        });
    }

    private static final class One implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private volatile @Nullable WebSocket socket;
        private volatile long frames;
        private volatile long outOfTurn;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                Matcher seq = SEQ.matcher(text);
                if (text.indexOf("\"notification_type\"") >= 0 && seq.find()) {
                    long next = frames + 1;
                    outOfTurn = Long.parseLong(seq.group(1)) == next ? outOfTurn : outOfTurn + 1;
                    frames = next;
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** As the backend signs it. Source: contract §2. */
    private static String token(long user) {
        String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(("{\"token_type\":\"access\",\"exp\":4000000000,\"jti\":\"bench\",\"user_id\":" + user + "}")
                        .getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Stack.jwtSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
