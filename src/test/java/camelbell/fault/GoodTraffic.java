package camelbell.fault;

import camelbell.it.HubProcess;
import camelbell.it.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes on beside an attack and must not notice it: one event a second for one person, who reads by REST ten times a
 * second and holds a socket, and who calls once a second on a new connection. The person comes from 127.0.0.1, attackers
 * from other addresses of the loopback interface.
 */
final class GoodTraffic implements AutoCloseable {

    static final Duration GIVES_UP = Duration.ofSeconds(10);

    /** An administrator of the workload, who is active whatever the seed. */
    static final int PERSON = 1;

    private static final String LIST = "/api/notifications/";
    private static final String COUNT = LIST + "unread_count/";

    private final HubProcess hub;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(GIVES_UP)
            .build();
    private final AtomicInteger calls = new AtomicInteger();
    private final Upstream upstream;
    private final GoodSocket socket;
    private final RestCaller reader;
    private final RestCaller newcomer;

    GoodTraffic(Under run, HubProcess hub) throws IOException {
        this.hub = hub;
        this.token = Tokens.of(run.rig.jwtSecret(), PERSON);
        OneCall anew = OneCall.of(hub, "127.0.0.1", Says.get(COUNT, token), (int) GIVES_UP.toMillis());
        this.socket = new GoodSocket(hub.port(), token);
        this.upstream = new Upstream(run, PERSON);
        this.reader = new RestCaller(this::call, 100);
        this.newcomer = new RestCaller(anew::answer, 1000);
    }

    private String call() {
        String path = calls.getAndIncrement() % 2 == 0 ? LIST : COUNT;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
                .timeout(GIVES_UP)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return String.valueOf(client.send(request, BodyHandlers.ofString()).statusCode());
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    Answers rest() {
        return reader.answers();
    }

    /** Calls on new connections, which may be refused while strangers hold all places for new ones. */
    Answers newcomers() {
        return newcomer.answers();
    }

    /** Each event as an answer: from its posting to its frame, or until now. */
    Answers frames() {
        Answers frames = new Answers();
        upstream.posted().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(event -> {
                    Long came = socket.seen().get(event.getKey());
                    long at = event.getValue();
                    frames.add(
                            came == null
                                    ? new Answers.Answer(at, Moment.now() - at, "no frame")
                                    : new Answers.Answer(at, came - at, ""));
                });
        return frames;
    }

    /** Events of which no frame has come. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>(upstream.posted().keySet());
        unseen.removeAll(socket.seen().keySet());
        return unseen;
    }

    GoodSocket socket() {
        return socket;
    }

    void stopsPosting() {
        upstream.stop();
    }

    @Override
    public void close() {
        upstream.close();
        reader.close();
        newcomer.close();
        socket.close();
    }
}
