package camelbell.runtime.http;

import camelbell.model.StartRefused;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How the outside sees the hub and its clients. X-Forwarded-* counts only when the peer is a trusted proxy, and of several
 * values the one that came with the client's address: what stands left of it the client may have written itself.
 */
@Component("proxies")
public class Proxies {

    private static final Pattern HOST =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final int MAX_PORT = 65_535;
    private static final String NETWORK = "network";

    private final List<IpSubnetFilterRule> trusted;

    Proxies(HttpProperties http) {
        this.trusted = http.trustedProxies().stream().map(Proxies::rule).toList();
    }

    /**
     * {@code scheme://host[:port]} as the client typed it, or null when the Host header cannot be one, or there are two:
     * a proxy may have looked at the other (RFC 9112 section 3.2). The host's own port wins over X-Forwarded-Port.
     */
    public @Nullable String origin(HttpServerRequest request) {
        String scheme = "https".equalsIgnoreCase(forwarded(request, "X-Forwarded-Proto")) ? "https" : "http";
        String host = forwarded(request, "X-Forwarded-Host");
        String authority = host == null ? request.getHeader("Host") : host;
        boolean twice = request.headers().getAll("Host").size() > 1;
        Matcher parts = HOST.matcher(authority == null ? "" : authority);
        if (twice || !parts.matches()) {
            return null;
        }
        String port = parts.group("port") == null ? forwardedPort(request) : parts.group("port");
        boolean usual = port == null || port.equals(scheme.equals("https") ? "443" : "80");
        return scheme + "://" + parts.group("host") + (usual ? "" : ":" + port);
    }

    private @Nullable String forwardedPort(HttpServerRequest request) {
        String port = forwarded(request, "X-Forwarded-Port");
        boolean good = port != null && PORT.matcher(port).matches() && Integer.parseInt(port) <= MAX_PORT;
        return good ? port : null;
    }

    /**
     * The client's address: the last one in X-Forwarded-For that is no trusted proxy itself, in its usual spelling, without
     * the port that some proxies add.
     */
    public String client(HttpServerRequest request) {
        List<String> hops = values(request, "X-Forwarded-For");
        int trustedHops = trustedHops(request, hops);
        return Addresses.plain(
                trustedHops == 0 ? request.remoteAddress().hostAddress() : hops.get(hops.size() - trustedHops));
    }

    /**
     * What counts as one caller: the client's address; what a proxy names counts only when it is one. Looked at once, by the
     * first handler: the headers that say so do not get past the last one.
     */
    String network(RoutingContext context) {
        String known = context.get(NETWORK);
        if (known != null) {
            return known;
        }
        HttpServerRequest request = context.request();
        String named = Networks.of(client(request));
        String network = named == null ? request.remoteAddress().hostAddress() : named;
        context.put(NETWORK, network);
        return network;
    }

    /** How many values of X-Forwarded-For were written by trusted proxies; the first of them is the client's. */
    private int trustedHops(HttpServerRequest request, List<String> hops) {
        int count = 0;
        String address = request.remoteAddress().hostAddress();
        while (count < hops.size() && trusts(address)) {
            count++;
            address = hops.get(hops.size() - count);
        }
        return count;
    }

    /** A proxy that sets the header where others append to it leaves fewer values than there were hops. */
    private @Nullable String forwarded(HttpServerRequest request, String header) {
        List<String> values = values(request, header);
        if (values.isEmpty() || !trusts(request.remoteAddress().hostAddress())) {
            return null;
        }
        int hops = Math.max(1, trustedHops(request, values(request, "X-Forwarded-For")));
        return values.get(Math.max(0, values.size() - hops));
    }

    private static List<String> values(HttpServerRequest request, String header) {
        return request.headers().getAll(header).stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip)
                .toList();
    }

    /** True for the address of a trusted proxy. */
    boolean trusts(String address) {
        String plain = Addresses.plain(address);
        if (trusted.isEmpty() || !isAddress(plain)) {
            return false;
        }
        InetSocketAddress peer = new InetSocketAddress(plain, 0);
        return trusted.stream().anyMatch(rule -> rule.matches(peer));
    }

    private static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    private static IpSubnetFilterRule rule(String range) {
        String cidr = range.contains("/") ? range : range + (range.contains(":") ? "/128" : "/32");
        try {
            String[] parts = cidr.split("/", 2);
            if (!isAddress(parts[0])) {
                throw new IllegalArgumentException("names are not looked up");
            }
            return new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException bad) {
            throw new StartRefused(
                    "camelbell.http.trusted-proxies holds \"" + range
                            + "\", which is neither an address nor a CIDR range.",
                    bad);
        }
    }
}
