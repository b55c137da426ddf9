package camelbell.channel.http;

import camelbell.channel.UnusableAddressException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address of a person that is a URL. Whoever fills the directory chooses it, so it could name a server that only the hub
 * can reach (server-side request forgery): it is https, its host and port stand in a list.
 */
final class PersonalUrl {

    private static final int LONGEST = 2_048;
    private static final int MAX_PORT = 65_535;

    private PersonalUrl() {}

    /**
     * The URL as it is called.
     *
     * @throws UnusableAddressException for what is no https URL
     * @throws ForbiddenAddressException for a host or a port that is not listed
     */
    static URI of(@Nullable String address, List<AllowedHost> hosts) throws ForbiddenAddressException {
        URI url = parsed(address);
        if (hosts.stream().noneMatch(allowed -> allowed.covers(url))) {
            throw new ForbiddenAddressException("its host and port are not among those that are allowed");
        }
        return url;
    }

    private static URI parsed(@Nullable String address) {
        if (address == null || address.length() > LONGEST) {
            throw new UnusableAddressException("no URL, or too long");
        }
        try {
            URI url = new URI(address.strip());
            boolean usable = "https".equalsIgnoreCase(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() <= MAX_PORT
                    && url.getPort() != 0
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
            if (usable) {
                return URI.create(url.toASCIIString());
            }
        } catch (URISyntaxException e) {
            throw new UnusableAddressException("no URL");
        }
        throw new UnusableAddressException("no https URL with a host, and without a login or fragment");
    }
}
