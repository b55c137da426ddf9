package camelbell.fault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** I5: dead letters are exactly the records that can never be events, untouched, with the right reason; a crash may write one twice. */
record DeadLetterCheck(Rig rig, List<Bad> bad, Findings findings) {

    void run() {
        Map<String, Bad> expected = new HashMap<>();
        bad.forEach(one -> expected.put(one.key(), one));
        Set<String> seen = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> letter : rig.topics.all("ticket-events-dlt")) {
            String key = letter.key() == null ? "" : new String(letter.key(), StandardCharsets.UTF_8);
            Bad one = expected.get(key);
            findings.unless(one != null, "I5 good event dead-lettered", key);
            if (one != null) {
                seen.add(key);
                check(one, letter);
            }
        }
        expected.keySet()
                .forEach(key -> findings.lostUnless(seen.contains(key), "I5 bad record without a dead letter", key));
    }

    private void check(Bad one, ConsumerRecord<byte[], byte[]> letter) {
        String code = header(letter, "camelbell-error-code");
        String pointer = header(letter, "camelbell-error-pointer");
        findings.unless(
                code.equals(one.code()) && pointer.equals(one.pointer()),
                "I5 wrong reason",
                one.key() + " is " + code + " " + pointer + ", not " + one.code() + " " + one.pointer());
        findings.unless(Arrays.equals(letter.value(), one.value()), "I5 dead letter with other bytes", one.key());
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "absent" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
