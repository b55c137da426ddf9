package camelbell.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import camelbell.dev.ReceiptRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A message to each of the double's reserved numbers, from the event to the receipt. */
@Tag("long")
class ReceiptsOfTheDoubleTest {

    @Test
    void reserved_numbers_deliver_fail_and_stay_silent() {
        try (Hub hub = new Hub("camelbell.whatsapp.app-secret=shared")) {
            hub.whatsapp().sendReceipts(ReceiptRules.plain(hub.url("/webhooks/whatsapp/"), "shared", 0));
            for (int person = 0; person < 4; person++) {
                hub.post("users", "" + (person + 1), user(person + 1, "+1202555019" + person));
            }
            hub.flush();
            hub.post("ticket-events", "63", EVENT);
            hub.flush();

            await().untilAsserted(() -> assertThat(hub.jdbc()
                            .sql("SELECT concat_ws(' ', recipient, status, reason) FROM notification_log"
                                    + " WHERE channel = 'WHATSAPP' ORDER BY recipient")
                            .query(String.class)
                            .list())
                    .containsExactly("1 READ", "2 FAILED META 131026", "3 READ", "4 SENT"));
        }
    }

    private static String user(int id, String number) {
        return "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"ADMIN\",\"whatsapp_number\":\"%s\"}"
                .formatted(id, id, number);
    }

    private static final String EVENT =
            """
            {"specversion":"1.0","id":"e1","source":"urn:test","type":"ticket_created","data":{"ticket":{"id":63,
            "title":"Down","priority":"LOW","category":"BUG","status":"NEW","created_by":9,"project_name":"Main",
            "created_at":"2026-01-01T00:00:00Z"}}}""";
}
