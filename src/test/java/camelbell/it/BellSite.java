package camelbell.it;

import camelbell.identity.TokenMinter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody's own site with the bell on its pages: on another origin than the hub, with a policy that allows next to
 * nothing, and with an address that gives tokens.
 */
final class BellSite implements AutoCloseable {

    /** What is answered to somebody who asks for a token. */
    @FunctionalInterface
    interface Tokens {

        /** A token; what throws is answered with 500. */
        String give(boolean fresh) throws Exception;
    }

    private final HttpServer server;
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Map<Long, Tokens> tokens = new ConcurrentHashMap<>();
    private final Map<Long, List<Boolean>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile String policy = "";

    BellSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::page);
        server.createContext("/token/", this::token);
        server.createContext(
                "/site.css",
                call -> answer(
                        call,
                        200,
                        "text/css",
                        "body { margin: 0; padding: 12px; font-family: sans-serif }"
                                + " header { display: flex; justify-content: end; gap: 12px }"
                                + " html { color-scheme: light dark }"));
        server.createContext(
                "/words.json", call -> answer(call, 200, "application/json", "{\"title\": \"Berichten\"}"));
        server.setExecutor(Executors.newCachedThreadPool(BellSite::daemon)); // one may wait as long as a test likes
        server.start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bell-site");
        thread.setDaemon(true);
        return thread;
    }

    /** What browsers name as the origin of its pages. */
    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The policy of all pages from now on: this hub, and nothing else but the page's own style sheet and data. */
    void allow(String hub) {
        policy = "default-src 'none'; script-src " + hub + "; connect-src 'self' " + hub + " "
                + hub.replaceFirst("^http", "ws") + "; style-src 'self'; base-uri 'none'; form-action 'none'";
    }

    /** A new page, by its address; the module is loaded from this hub. */
    String page(String hub, String html, String body) {
        String path = "/" + numbers.incrementAndGet();
        pages.put(
                path,
                """
                <!DOCTYPE html>
                <html %s>
                <head><meta charset="utf-8"><title>Tickets</title><meta name="viewport" content="width=device-width">
                <link rel="stylesheet" href="/site.css">
                <script type="module" src="%s/bell/camelbell-bell.js"></script></head>
                <body>%s</body></html>
                """
                        .formatted(html.contains("lang=") ? html : html + " lang=\"en\"", hub, body));
        return origin() + path;
    }

    /** From now on this person gets these tokens; before, ones that are good for ten minutes. */
    void tokens(long person, Tokens given) {
        tokens.put(person, given);
    }

    /** Whether a fresh one was asked for, for each time that this person's page asked. */
    List<Boolean> asked(long person) {
        return asked.computeIfAbsent(person, any -> new CopyOnWriteArrayList<>());
    }

    static String good(long person, Duration life) {
        return TokenMinter.mint(Stack.jwtSecret(), person, Instant.now(), life);
    }

    private void token(HttpExchange call) throws IOException {
        long person = Long.parseLong(call.getRequestURI().getPath().substring("/token/".length()));
        boolean fresh = "fresh=1".equals(call.getRequestURI().getQuery());
        asked(person).add(fresh);
        Tokens given = tokens.getOrDefault(person, any -> good(person, Duration.ofMinutes(10)));
        try {
            answer(call, 200, "application/json", "{\"access\": \"" + given.give(fresh) + "\"}");
        } catch (Exception failure) {
            answer(call, 500, "text/plain", "no token today");
        }
    }

    private void page(HttpExchange call) throws IOException {
        String page = pages.get(call.getRequestURI().getPath());
        call.getResponseHeaders().set("Content-Security-Policy", policy);
        answer(call, page == null ? 404 : 200, "text/html", page == null ? "<p>No such page" : page);
    }

    private static void answer(HttpExchange call, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
