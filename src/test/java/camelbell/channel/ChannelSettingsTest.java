package camelbell.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ChannelSettingsTest {

    /** Of a start; hubs of other tests may print traces of their own meanwhile. */
    private static final String TRACE = "\tat org.springframework.boot.SpringApplication";

    @ParameterizedTest
    @CsvSource({
        "camelbell.mail.from=not an address, 'camelbell.mail.from is \"not an address\"; it must be one address'",
        "camelbell.mail.bounces-to=nobody, 'camelbell.mail.bounces-to is \"nobody\"; it must be one plain address'",
        "camelbell.mail.from=jürgen@example.org, 'camelbell.mail.from is \"jürgen@example.org\"; it must be one address'",
        "camelbell.mail.bounces-to=jürgen@a.b, 'camelbell.mail.bounces-to is \"jürgen@a.b\"; it must be one plain address'",
        "camelbell.mail.unsubscribe-to=a b, 'camelbell.mail.unsubscribe-to is \"a b\"; it must be one plain address'",
        "camelbell.mail.port=0, camelbell.mail.port is 0: set it between 1 and 65535.",
        "camelbell.mail.port=70000, camelbell.mail.port is 70000: set it between 1 and 65535.",
        "camelbell.mail.attempt-timeout=1s, camelbell.mail.attempt-timeout is PT1S; it must not be shorter than",
        "camelbell.whatsapp.base-url=rubbish, 'camelbell.whatsapp.base-url is \"rubbish\"; it must be an http'",
        "camelbell.whatsapp.base-url=ftp://a, 'camelbell.whatsapp.base-url is \"ftp://a\"; it must be an http'",
        "camelbell.whatsapp.base-url=https://a?b, 'camelbell.whatsapp.base-url is \"https://a?b\"; it must be an http'",
        "camelbell.whatsapp.base-url=https://a/, 'camelbell.whatsapp.base-url is \"https://a/\"; it must be an http'",
        "camelbell.whatsapp.proxy.host=http://p, 'camelbell.whatsapp.proxy.host is no host name; it must be one such as'",
        "camelbell.whatsapp.proxy.port=0, camelbell.whatsapp.proxy.port is 0: set it between 1 and 65535.",
        "camelbell.whatsapp.proxy.password=x, camelbell.whatsapp.proxy.password is set without",
        "camelbell.whatsapp.api-version=../x, 'camelbell.whatsapp.api-version is \"../x\"; it must be a version'",
        "camelbell.whatsapp.api-version=23.0, 'camelbell.whatsapp.api-version is \"23.0\"; it must be a version'"
    })
    void a_setting_that_cannot_be_meant_refuses_the_start_in_one_sentence(
            String setting, String sentence, CapturedOutput output) {
        SpringApplication hub = new SpringApplication(OnlySettings.class);
        hub.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> hub.run("--" + setting)).isInstanceOf(Exception.class);
        assertThat(output).contains("APPLICATION FAILED TO START", sentence).doesNotContain(TRACE);
    }

    @EnableConfigurationProperties
    @ConfigurationPropertiesScan("camelbell.channel")
    static class OnlySettings {}
}
