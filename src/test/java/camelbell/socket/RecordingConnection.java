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
    volatile boolean full;
    volatile Duration behind = Duration.ZERO;
    volatile boolean listening;
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
    public void listen() {
        listening = true;
    }

    @Override
    public long backlog() {
        return full ? 1_000_000 : 0;
    }

    @Override
    public boolean hasCapacity() {
        return !full;
    }

    @Override
    public Duration behind() {
        return behind;
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
