package camelbell.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import camelbell.channel.UnusableAddressException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalUrlTest {

    private static final List<AllowedHost> HOSTS = Stream.of(
                    "hooks.slack.com", "*.Example.org", "*.example.net:8443", "twice.example", "twice.example:1")
            .map(AllowedHost::of)
            .toList();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.slack.com/services/T0/B0/x",
                "HTTPS://Hooks.Slack.com/services?a=b",
                "https://hooks.slack.com:443/services",
                "https://a.example.org:/hook",
                "https://a.example.net:8443/hook",
                "https://twice.example/",
                "https://twice.example:1/",
                " https://a.b.example.org "
            })
    void https_to_a_listed_host_is_called(String url) throws Exception {
        assertThat(PersonalUrl.of(url, HOSTS)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.slack.com/",
                "hooks.slack.com/services",
                "ftp://hooks.slack.com/",
                "https:///services",
                "https:hooks.slack.com",
                "https://user:secret@hooks.slack.com/",
                "https://evil.example.com@hooks.slack.com/",
                "https://hooks.slack.com/#fragment",
                "https://hooks.slack.com\\@evil.example.com/",
                "https://hooks.slack.com /x",
                "https://hooks.slack.com:99999/x",
                "https://hooks.slack.com:0/x",
                "https://häuser.example.org/",
                ""
            })
    void what_is_no_plain_https_url_is_no_address(String url) {
        assertThatThrownBy(() -> PersonalUrl.of(url, HOSTS))
                .isInstanceOf(UnusableAddressException.class)
                .hasMessageNotContaining("slack");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.slack.com.evil.example.com/",
                "https://xhooks.slack.com/",
                "https://example.org/",
                "https://evilexample.org/",
                "https://.example.org/x",
                "https://hooks.slack.com./x",
                "https://169.254.169.254/latest/meta-data/",
                "https://2852039166/",
                "https://[::1]/",
                "https://localhost/"
            })
    void a_host_that_is_not_listed_is_never_called(String url) {
        assertThatThrownBy(() -> PersonalUrl.of(url, HOSTS))
                .isInstanceOfAny(ForbiddenAddressException.class, UnusableAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.slack.com:9/services",
                "https://a.example.org:8443/hook",
                "https://a.example.net/hook",
                "https://a.example.net:443/hook",
                "https://a.example.net:8444/hook",
                "https://twice.example:2/"
            })
    void a_port_that_is_not_listed_is_never_called(String url) {
        assertThatThrownBy(() -> PersonalUrl.of(url, HOSTS)).isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a",
                "a/b",
                "a b",
                "*",
                "*.",
                "*a.example.org",
                "a.*.org",
                "a:",
                "a:0",
                "a:65536",
                "a:x",
                ""
            })
    void what_is_no_host_is_refused(String entry) {
        assertThatThrownBy(() -> AllowedHost.of(entry)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "2001:db8::1",
                "2001::1",
                "fec0::1",
                "100::1"
            })
    void a_name_that_leads_inside_is_not_followed(String inside) {
        PublicAddresses addresses = new PublicAddresses(new Answers(inside), List.of());

        assertThatThrownBy(() -> addresses.resolve("a.example.org")).isInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111", "2a00::1"
            })
    void a_name_that_leads_to_the_internet_is(String outside) throws Exception {
        PublicAddresses addresses = new PublicAddresses(new Answers(outside), List.of());

        assertThat(addresses.resolve("a.example.org")).containsExactly(InetAddress.getByName(outside));
    }

    @Test
    void of_several_addresses_only_public_ones_are_left_and_networks_that_are_allowed() throws Exception {
        Answers all = new Answers("10.1.0.7", "8.8.8.8", "10.2.0.7");

        assertThat(new PublicAddresses(all, Network.all("10.1.0.0/16")).resolve("a.example.org"))
                .containsExactly(InetAddress.getByName("10.1.0.7"), InetAddress.getByName("8.8.8.8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "localhost/8", "fd00::/129", "10.0.0/8", "x"})
    void what_is_no_network_is_refused(String cidr) {
        assertThatThrownBy(() -> Network.all(cidr)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A name server that knows one name. */
    private record Answers(String... addresses) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses[i]);
            }
            return all;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
