package camelbell.model;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The origins that may call REST and open sockets: those of the list, and the hub's own address, which React Native sends
 * on Android. What a request calls the hub is never asked: a page whose name was bound to the hub's address meanwhile
 * says the same in Origin and in Host.
 */
public final class Origins {

    private final Set<String> allowed;

    /**
     * @param listed as browsers write them
     * @param publicUrl where the hub is reached from outside, or empty; its path counts for nothing
     */
    public Origins(List<String> listed, String publicUrl) {
        Set<String> all = new HashSet<>(listed);
        if (!publicUrl.isBlank()) {
            addOwn(URI.create(publicUrl.strip()), all);
        }
        this.allowed = Set.copyOf(all);
    }

    /** With and without the scheme's usual port: browsers leave it out, React Native repeats the address it was given. */
    private static void addOwn(URI url, Set<String> all) {
        if (url.getScheme() == null || url.getHost() == null) {
            return;
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        String origin = scheme + "://" + url.getHost().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        if (url.getPort() == -1 || url.getPort() == usual) {
            all.add(origin);
            all.add(origin + ":" + usual);
        } else {
            all.add(origin + ":" + url.getPort());
        }
    }

    /** True for the value of an Origin header that is allowed. */
    public boolean allow(String origin) {
        return allowed.contains(origin);
    }
}
