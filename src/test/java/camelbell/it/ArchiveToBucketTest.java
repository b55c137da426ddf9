package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.BucketDouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The example that carries the archive on to a bucket, put in as its README says. */
@Tag("long")
@ExtendWith(OutputCaptureExtension.class)
class ArchiveToBucketTest {

    private static final String SECRET = "secret+of/the=bucket&%";
    private static final String FILE = "91-archive-to-bucket.camel.yaml";

    @TempDir
    private Path folder = Path.of("");

    private Path archive = Path.of("");

    @BeforeEach
    void copyTheRoute() throws IOException {
        archive = Files.createDirectory(folder.resolve("archive"));
        QuickRoutes routes = QuickRoutes.in(folder.resolve("routes"));
        Files.copy(
                routes.folder().resolve("examples").resolve(FILE),
                routes.folder().resolve(FILE));
    }

    @Test
    void what_has_left_the_database_is_carried_once_and_a_manifest_that_has_changed_again() throws Exception {
        try (BucketDouble bucket = new BucketDouble("tickets", "AKIA1");
                Hub hub = new Hub(settings(bucket, "camelbell.bucket.prefix=hub-a/"))) {
            People.admins(hub, 2);
            leaves(hub, "first", "2020-02-03T04:05:06Z", "2020-02/events.ndjson.zst");

            await().until(() -> bucket.objects().size() >= 3);
            isCarried(bucket, "2020-02/events.ndjson.zst");
            isCarried(bucket, "2020-02/notifications.ndjson.zst");
            await().untilAsserted(() -> isCarried(bucket, "2020-02/manifest.json"));
            // the first one names no file, the last one all
            assertThat(bucket.came().get(bucket.came().size() - 1)).endsWith("/manifest.json");

            int first = bucket.came().size();
            hub.restart();
            leaves(hub, "second", "2020-02-03T04:05:07Z", "2020-02/events-2.ndjson.zst");

            await().until(() -> bucket.objects().size() >= 5);
            await().untilAsserted(() -> isCarried(bucket, "2020-02/manifest.json"));
            assertThat(bucket.came().subList(first, bucket.came().size()))
                    .allMatch(key -> key.contains("-2.ndjson.zst") || key.endsWith("/manifest.json"));
        }
    }

    @Test
    void a_bucket_that_is_away_or_refuses_keeps_no_hub_from_starting_and_gets_everything_later(CapturedOutput output)
            throws Exception {
        Path large = archive("2021-01/events.ndjson.zst", 27_000_000);
        archive("2021-01/manifest.json", 300);
        archive("2021-01/notifications.ndjson.zst.0b1c.tmp", 300);
        archive("2021-01/manifest.json.tmp", 300);
        archive("notes.ndjson.zst", 300);
        archive("2021-01.bak/events.ndjson.zst", 300);
        BucketDouble gone = new BucketDouble("tickets", "AKIA1");
        gone.close();
        try (Hub away = new Hub(settings(gone))) {
            await().until(() -> output.getAll().contains("archive file=2021-01/manifest.json was not carried"));
            assertThat(away.query("SELECT count(*) FROM archive")).isZero();
        }
        try (BucketDouble bucket = new BucketDouble("tickets", "AKIA1")) {
            bucket.denies(true);
            try (Hub hub = new Hub(settings(bucket))) {
                await().until(() -> output.getAll().contains("Status Code: 403"));
                assertThat(bucket.objects()).isEmpty();
                // a node that is killed now carries them when it is back
                assertThat(folder.resolve("state/carried")).isEmptyFile();
                assertThat(hub.query("SELECT count(*) FROM archive")).isZero();

                bucket.denies(false);

                await().until(() -> bucket.came().size() == 2);
                assertThat(bucket.came())
                        .containsExactlyInAnyOrder("2021-01/events.ndjson.zst", "2021-01/manifest.json");
                assertThat(bucket.uploads()).isEqualTo(1);
                assertThat(bucket.objects().get("2021-01/events.ndjson.zst")).isEqualTo(Files.readAllBytes(large));
            }
        }
        assertThat(output)
                .doesNotContain("Rollback file strategy", SECRET, "secret+of", "secret%2Bof", "\tat software.amazon");
    }

    @Test
    void a_folder_that_is_not_there_is_not_made_and_is_carried_once_it_is() throws Exception {
        archive("2021-01/events.ndjson.zst", 300);
        archive("2021-01/manifest.json", 300);
        Path away = Files.move(archive, folder.resolve("away"));
        try (BucketDouble bucket = new BucketDouble("tickets", "AKIA1");
                Hub hub = new Hub(settings(bucket))) {
            assertThat(hub.query("SELECT count(*) FROM archive")).isZero();
            assertThat(archive).doesNotExist();

            Files.move(away, archive);

            await().until(() -> bucket.came().size() == 2);
            assertThat(bucket.came()).containsExactly("2021-01/events.ndjson.zst", "2021-01/manifest.json");
        }
    }

    private String[] settings(BucketDouble bucket, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "camelbell.routes=file:" + folder.resolve("routes"),
                "camelbell.retention.every-ms=300",
                "camelbell.retention.notifications=90d",
                "camelbell.retention.archive=" + archive,
                "camelbell.bucket.endpoint=" + bucket.endpoint(),
                "camelbell.bucket.region=eu-central-1",
                "camelbell.bucket.name=tickets",
                "camelbell.bucket.access-key=AKIA1",
                "camelbell.bucket.secret-key=" + SECRET,
                "camelbell.bucket.carried=" + folder.resolve("state/carried"),
                "camelbell.bucket.every=200ms"));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    /** An event of that time, which is archived. */
    private void leaves(Hub hub, String id, String at, String file) throws Exception {
        People.event(hub, id);
        await().until(() -> hub.query("SELECT count(*) FROM notification_log WHERE status = 'SENT'") == 6
                && hub.query("SELECT count(*) FROM delivery") == 0);
        hub.change("UPDATE attempt SET at = '" + at + "'");
        hub.change("UPDATE notification_log SET created_at = '" + at + "'");
        hub.change("UPDATE ticket_event SET received_at = '" + at + "' WHERE archived IS NULL");
        await().until(() -> Files.exists(archive.resolve(file)));
    }

    private void isCarried(BucketDouble bucket, String file) throws IOException {
        assertThat(bucket.objects().get("hub-a/" + file)).as(file).isEqualTo(Files.readAllBytes(archive.resolve(file)));
    }

    private Path archive(String file, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Path path = archive.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.write(path, content);
    }
}
