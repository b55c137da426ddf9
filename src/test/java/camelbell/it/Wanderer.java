package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** One client over all its connections: what it has seen, and what it may expect of the next one. */
final class Wanderer {

    /** The hub's, wherever these clients go. */
    static final int REPLAY_LIMIT = 60;

    private final long person;
    private final List<HubProcess> nodes;
    private final Random random;
    /** Everything up to this seq has been seen, or was to be loaded by REST. */
    private long last;

    private long frames;
    private long resyncs;

    Wanderer(long person, List<HubProcess> nodes, Random random) {
        this.person = person;
        this.nodes = nodes;
        this.random = random;
    }

    long person() {
        return person;
    }

    long frames() {
        return frames;
    }

    long resyncs() {
        return resyncs;
    }

    /** Comes, stays a moment, and loses the line; now and then it stays away for long. */
    void visit() {
        if (random.nextInt(30) == 0) {
            LockSupport.parkNanos(random.nextLong(2_000_000_000L));
        }
        if (random.nextInt(4) == 0) {
            visitAndResume();
            return;
        }
        Caller client = connect();
        LockSupport.parkNanos(random.nextInt(60_000_000));
        client.cut();
        leave(client);
    }

    /** To either node, with the newest seq that it has. */
    Caller connect() {
        return connect(nodes.get(random.nextInt(nodes.size())));
    }

    Caller connect(HubProcess node) {
        return new Caller(node.port(), person, "&since=" + last);
    }

    /** What it knows with this connection's frames. */
    long seenWith(Caller client) {
        List<Long> seqs = client.seqs();
        return seqs.isEmpty() ? start(client) : seqs.get(seqs.size() - 1);
    }

    /** The unread count that the connection was told last. */
    long toldUnread(Caller client) {
        return client.frames().stream()
                .mapToLong(frame ->
                        frame.path("unread_count").asLong(frame.path("count").asLong(-1)))
                .filter(count -> count >= 0)
                .reduce(-1, (earlier, later) -> later);
    }

    /** Where this connection's notifications set out from: what it had, or the newest when it was told to resync. */
    private long start(Caller client) {
        if (client.frames().isEmpty()) {
            return last;
        }
        JsonNode greeting = client.frames().get(0);
        assertThat(greeting.path("type").asText()).isEqualTo("connection_established");
        boolean tooFar = greeting.path("seq").asLong() - last > REPLAY_LIMIT;
        if (client.frames().size() > 1) {
            assertThat(client.frames("resync")).hasSize(tooFar ? 1 : 0);
        }
        return tooFar ? greeting.path("seq").asLong() : last;
    }

    /** Takes down what a connection that asked by {@code since} has brought: the next ones, without a gap. */
    void leave(Caller client) {
        List<Long> seqs = client.seqs();
        if (client.frames("resync").isEmpty() && seqs.isEmpty()) {
            return;
        }
        long start = start(client);
        resyncs += start == last ? 0 : 1;
        assertThat(seqs).isEqualTo(upwards(start + 1, seqs.size()));
        last = start + seqs.size();
        frames += seqs.size();
    }

    /**
     * Asks on the open connection. What is older than the connection comes in order, what is newer too, but the newer
     * may begin before the older; so the client keeps its place until the replay has reached the greeting's seq.
     */
    private void visitAndResume() {
        Caller client = new Caller(nodes.get(random.nextInt(nodes.size())).port(), person);
        await().until(() -> !client.frames().isEmpty());
        client.send("{\"type\":\"resume\",\"seq\":" + last + "}");
        LockSupport.parkNanos(random.nextInt(60_000_000));
        client.cut();
        long begin = client.frames().get(0).path("seq").asLong();
        List<Long> older = client.seqs().stream().filter(seq -> seq <= begin).toList();
        List<Long> newer = client.seqs().stream().filter(seq -> seq > begin).toList();
        assertThat(older).isEqualTo(upwards(last + 1, older.size()));
        assertThat(new TreeSet<>(newer)).hasSize(newer.size());
        if (client.frames("resync").isEmpty()) {
            assertThat(newer).isEqualTo(upwards(begin + 1, newer.size()));
            last = last + older.size() < begin ? last + older.size() : begin + newer.size();
        } else {
            assertThat(begin - last).isGreaterThan(REPLAY_LIMIT);
        }
        frames += older.size() + newer.size();
    }

    private static List<Long> upwards(long from, int count) {
        return LongStream.range(from, from + count).boxed().toList();
    }
}
