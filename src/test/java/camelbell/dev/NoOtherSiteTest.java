package camelbell.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoOtherSiteTest {

    private final Mailbox mailbox = new Mailbox("localhost", 0, 0, 10);
    private MailboxPage page;
    private CloudApiDouble cloud;

    @BeforeAll
    void start() {
        page = new MailboxPage(mailbox, "localhost", 0);
        cloud = new CloudApiDouble("localhost", 0, "42", "secret", 3);
    }

    @AfterAll
    void stop() {
        cloud.close();
        page.close();
        mailbox.close();
    }

    @Test
    void a_name_of_the_internet_that_leads_here_reads_no_mail_and_no_message() throws Exception {
        assertThat(ask("GET", page.port(), "/messages", "Host", "evil.example:" + page.port()))
                .isEqualTo(403);
        assertThat(ask("GET", cloud.port(), "/received", "Host", "evil.example:" + cloud.port()))
                .isEqualTo(403);
        for (String near : new String[] {"localhost", "whatsapp:8090", "127.0.0.1:8090", "[::1]:8090"}) {
            assertThat(ask("GET", cloud.port(), "/received", "Host", near)).isEqualTo(200);
        }
    }

    @Test
    void another_page_of_the_same_browser_scripts_no_failure_and_throws_nothing_away() throws Exception {
        assertThat(ask("POST", cloud.port(), "/script", "Origin", "http://evil.example"))
                .isEqualTo(403);
        assertThat(ask("POST", cloud.port(), "/script", "Origin", "null")).isEqualTo(403);
        assertThat(ask("DELETE", page.port(), "/messages", "Origin", "http://localhost:4000"))
                .isEqualTo(403);
        assertThat(ask("DELETE", page.port(), "/messages", "Origin", "http://localhost:" + page.port()))
                .isEqualTo(204);
        assertThat(ask("DELETE", cloud.port(), "/script", "Accept", "*/*")).isEqualTo(204);
    }

    private static int ask(String method, int port, String path, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.ofString("{\"code\":131026}"))
                .setHeader(header, value)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
