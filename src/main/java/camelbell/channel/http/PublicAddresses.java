package camelbell.channel.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host to addresses of the public internet alone. The client connects to what is answered here and asks no
 * second time, so a name cannot be one thing when it is looked at and another when it is called (DNS rebinding).
 */
final class PublicAddresses implements DnsResolver {

    /** RFC 6890 and the registries that go on from it: everything that is not reached across the internet. */
    private static final List<Network> PRIVATE = Network.all(
            "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
                    + " 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
                    // the rest of IPv6 outside of 2000::/3 is not given to anybody; inside, what embeds IPv4 is a
                    // detour
                    + " ::/3 2001::/23 2001:db8::/32 2002::/16 3fff::/20 4000::/2 8000::/1");

    private final DnsResolver system;
    private final List<Network> allowed;

    /** @param allowed networks that may be reached although they are private, such as {@code 10.1.0.0/16} */
    PublicAddresses(DnsResolver system, List<Network> allowed) {
        this.system = system;
        this.allowed = allowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = system.resolve(host);
        InetAddress[] reachable = Arrays.stream(all).filter(this::mayBeReached).toArray(InetAddress[]::new);
        if (reachable.length == 0 && all.length > 0) {
            throw new ForbiddenAddressException("its host has private addresses only");
        }
        return reachable;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return system.resolveCanonicalHostname(host);
    }

    private boolean mayBeReached(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address))
                || PRIVATE.stream().noneMatch(network -> network.contains(address));
    }
}
