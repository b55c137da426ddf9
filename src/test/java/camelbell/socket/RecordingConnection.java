package camelbell.socket;

import camelbell.model.SocketConnection;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of which the test sees everything, and which reads as fast as the test wants. */
final class RecordingConnection implements SocketConnection {

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    final String key;
    volatile long backlog;
    volatile int closedWith;
    final AtomicInteger pings = new AtomicInteger();
    volatile Duration silence = Duration.ZERO;

    RecordingConnection(String key) {
        this.key = key;
    }

    /** The seqs of the notification frames, as they came. */
    List<Long> seqs() {
        return frames.stream()
                .filter(frame -> frame.has("notification_type"))
                .map(frame -> frame.get("seq").longValue())
                .toList();
    }

    /** The types of the frames, "-" for a notification. */
    List<String> types() {
        return frames.stream().map(frame -> frame.path("type").asText("-")).toList();
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public boolean open() {
        return closedWith == 0;
    }

    @Override
    public void send(String text) {
        try {
            frames.add(JSON.readTree(text));
        } catch (JsonProcessingException broken) {
            throw new AssertionError(text, broken);
        }
    }

    @Override
    public long backlog() {
        return backlog;
    }

    @Override
    public void ping() {
        pings.incrementAndGet();
    }

    @Override
    public Duration silence() {
        return silence;
    }

    @Override
    public void close(int code, String reason, Duration patience) {
        closedWith = code;
    }
}
