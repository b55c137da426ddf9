package camelbell.channel.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** A range of addresses as CIDR writes it (RFC 4632, RFC 4291 §2.3), such as {@code 10.0.0.0/8}. */
record Network(IpSubnetFilterRule rule) {

    /** Errors: {@link IllegalArgumentException} for what is none; names are never looked up. */
    static Network of(String cidr) {
        String[] parts = cidr.split("/", -1);
        if (parts.length != 2
                || !(NetUtil.isValidIpV4Address(parts[0]) || NetUtil.isValidIpV6Address(parts[0]))
                || !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"" + cidr + "\" is no network such as 10.0.0.0/8 or fd00::/8");
        }
        return new Network(new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT));
    }

    /** Those of a list that spaces or commas part; blank: none. */
    static List<Network> all(String list) {
        return Arrays.stream(list.split("[ ,]+", -1))
                .filter(cidr -> !cidr.isBlank())
                .map(Network::of)
                .toList();
    }

    boolean contains(InetAddress address) {
        return rule.matches(new InetSocketAddress(address, 0));
    }
}
