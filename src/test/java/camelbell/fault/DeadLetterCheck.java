package camelbell.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** I5: dead letters are exactly the records that can never be events, untouched, with the right reason; a crash may write one twice. */
record DeadLetterCheck(Rig rig, List<Bad> bad, List<String> either, Findings findings) {

    void run() {
        Map<String, Bad> expected = new HashMap<>();
        bad.forEach(one -> expected.put(one.key(), one));
        Set<String> seen = new HashSet<>();
        rig.topics.each("ticket-events-dlt", deadLetter -> {
            String key = deadLetter.key() == null ? "" : new String(deadLetter.key(), StandardCharsets.UTF_8);
            Bad one = expected.get(key);
            findings.unless(one != null || either.contains(key), "I5 good event dead-lettered", key);
            if (one != null) {
                seen.add(key);
                check(one, deadLetter);
            }
        });
        expected.keySet()
                .forEach(key -> findings.lostUnless(seen.contains(key), "I5 bad record without a dead letter", key));
    }

    private void check(Bad one, ConsumerRecord<byte[], byte[]> deadLetter) {
        String code = header(deadLetter, "camelbell-error-code");
        String pointer = header(deadLetter, "camelbell-error-pointer");
        findings.unless(
                code.equals(one.code()) && pointer.equals(one.pointer()),
                "I5 wrong reason",
                one.key() + " is " + code + " " + pointer + ", not " + one.code() + " " + one.pointer());
        if (one.truncated()) {
            shortened(one, deadLetter);
        } else {
            findings.unless(
                    Arrays.equals(deadLetter.value(), one.value()), "I5 dead letter with other bytes", one.key());
        }
    }

    /** Head, size and SHA-256 under a mark that names what is not as received. Source: dead-letters.md. */
    private void shortened(Bad one, ConsumerRecord<byte[], byte[]> deadLetter) {
        byte[] whole = one.value() == null ? new byte[0] : one.value();
        boolean marked = header(deadLetter, "camelbell-truncated").contains("value")
                && header(deadLetter, "camelbell-original-size").equals(String.valueOf(whole.length))
                && header(deadLetter, "camelbell-original-sha256").equals(sha256(whole));
        boolean begins = deadLetter.value() != null
                && deadLetter.value().length < whole.length
                && Arrays.equals(deadLetter.value(), Arrays.copyOf(whole, deadLetter.value().length));
        findings.unless(marked && begins, "I5 truncated dead letter that does not say so", one.key());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> deadLetter, String name) {
        Header header = deadLetter.headers().lastHeader(name);
        return header == null ? "absent" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
