package camelbell.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What goes on beside an attack and must not notice it: one event a second for one person, who reads by REST ten times a
 * second and holds a socket, and who calls once a second on a new connection. The person comes from 127.0.0.1, attackers from other addresses of the loopback interface.
 */
final class GoodTraffic implements AutoCloseable {

    /** An administrator of the workload, who is active whatever the seed. */
    static final int PERSON = 1;

    private static final long EVENT_EVERY_MS = 1000;
    private static final long CALL_EVERY_MS = 100;
    private static final Duration GIVES_UP = Duration.ofSeconds(10);
    private static final String REST = "/api/notifications/";

    private final Under run;
    private final HubProcess hub;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(GIVES_UP)
            .build();
    private final ScheduledExecutorService upstream =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("upstream"));
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(Daemons.named("reader"));
    private final ScheduledExecutorService newcomer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("newcomer"));
    private final OneCall anew;
    private final Answers rest = new Answers();
    private final Answers newcomers = new Answers();
    private final Map<String, Long> posted = new ConcurrentHashMap<>();
    private final GoodSocket socket;

    GoodTraffic(Under run, HubProcess hub) throws IOException {
        this.run = run;
        this.hub = hub;
        this.token = Tokens.of(run.rig.jwtSecret(), PERSON);
        this.anew = OneCall.of(hub, "127.0.0.1", Says.get(REST + "unread_count/", token), (int) GIVES_UP.toMillis());
        this.socket = new GoodSocket(hub.port(), token);
        var unusedEvents = upstream.scheduleAtFixedRate(this::post, 0, EVENT_EVERY_MS, TimeUnit.MILLISECONDS);
        var unusedCalls = reader.scheduleWithFixedDelay(this::call, 0, CALL_EVERY_MS, TimeUnit.MILLISECONDS);
        var unusedNewcomer = newcomer.scheduleWithFixedDelay(this::come, 0, EVENT_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void come() {
        long asked = Moment.now();
        String answer = anew.answer();
        newcomers.add(asked, answer.equals("200") ? "" : answer);
    }

    private void post() {
        Workload.Posted event = run.workload.eventFor(PERSON);
        posted.put(event.id(), Moment.now());
        run.rig.topics.post("ticket-events", event.key(), event.value());
    }

    private void call() {
        String path = rest.in(ALWAYS).size() % 2 == 0 ? REST : REST + "unread_count/";
        long asked = Moment.now();
        rest.add(asked, answer(path));
    }

    /** What came instead of a good answer; 429 and 503 are none, because this client is well within its limits. */
    private String answer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
                .timeout(GIVES_UP)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? "" : String.valueOf(response.statusCode());
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    static final Span ALWAYS = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    Answers rest() {
        return rest;
    }

    /** Calls on new connections, which are refused while strangers hold all places for new ones. */
    Answers newcomers() {
        return newcomers;
    }

    /** Each event as an answer: from its posting to its frame, or until now. */
    Answers frames() {
        Answers frames = new Answers();
        posted.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(event -> {
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
        Set<String> unseen = new TreeSet<>(posted.keySet());
        unseen.removeAll(socket.seen().keySet());
        return unseen;
    }

    GoodSocket socket() {
        return socket;
    }

    /** No further event; what was posted may still come. */
    void stopsPosting() {
        upstream.shutdown();
        run.rig.topics.flush();
    }

    @Override
    public void close() {
        upstream.shutdownNow();
        reader.shutdownNow();
        newcomer.shutdownNow();
        socket.close();
    }
}
