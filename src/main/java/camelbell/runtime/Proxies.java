package camelbell.runtime;

import camelbell.model.StartRefused;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the outside sees the hub and its clients. X-Forwarded-* counts only when the peer is a trusted proxy. */
@Component("proxies")
class Proxies {

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

    private final List<IpSubnetFilterRule> trusted;

    Proxies(HttpProperties http) {
        this.trusted = http.trustedProxies().stream().map(Proxies::rule).toList();
    }

    /**
     * {@code scheme://host[:port]} as the client typed it, or null when the Host header cannot be one, or there are two:
     * a proxy may have looked at the other (RFC 9112 section 3.2).
     */
    @Nullable
    String origin(HttpServerRequest request) {
        String scheme = forwarded(request, "X-Forwarded-Proto");
        String host = forwarded(request, "X-Forwarded-Host");
        String authority = host == null ? request.getHeader("Host") : host;
        boolean twice = request.headers().getAll("Host").size() > 1;
        if (twice || authority == null || !HOST.matcher(authority).matches()) {
            return null;
        }
        return ("https".equals(scheme) ? "https" : "http") + "://" + authority;
    }

    /** The client's address: the last one in X-Forwarded-For that is no trusted proxy itself. */
    String client(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        List<String> hops = request.headers().getAll("X-Forwarded-For").stream()
                .flatMap(line -> Pattern.compile(",").splitAsStream(line))
                .map(String::strip)
                .toList();
        for (int hop = hops.size() - 1; hop >= 0 && trusts(address); hop--) {
            address = hops.get(hop);
        }
        return address;
    }

    private @Nullable String forwarded(HttpServerRequest request, String header) {
        String values = request.getHeader(header);
        if (values == null || !trusts(request.remoteAddress().hostAddress())) {
            return null;
        }
        return values.split(",", 2)[0].strip();
    }

    private boolean trusts(String address) {
        boolean literal = NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address);
        if (trusted.isEmpty() || !literal) {
            return false;
        }
        InetSocketAddress peer = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(rule -> rule.matches(peer));
    }

    private static IpSubnetFilterRule rule(String range) {
        String cidr = range.contains("/") ? range : range + (range.contains(":") ? "/128" : "/32");
        try {
            String[] parts = cidr.split("/", 2);
            return new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException bad) {
            throw new StartRefused(
                    "camelbell.http.trusted-proxies holds \"" + range
                            + "\", which is neither an address nor a CIDR range.",
                    bad);
        }
    }
}
