package camelbell.dev;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the mailbox answers to a recipient other than yes. Reserved local parts, whatever the domain: {@code reject550},
 * {@code reject450}, {@code silent}; {@code bounce} and {@code delay} are taken and dealt with later (see
 * {@link Mailbox}). A word behind a plus tells such people apart: {@code reject550+ann@example.org}. Tests add replies
 * for single addresses.
 */
final class MailRules {

    /** Longer than any client of ours waits for an answer. */
    private static final int SILENCE_SECONDS = 120;

    private static final Map<String, String> RESERVED = Map.of(
            "reject550", "550 5.1.1 no such user",
            "reject450", "450 4.2.0 come back later");

    private final Map<String, String> replies = new ConcurrentHashMap<>();

    /** The reserved word that the address begins with, or the whole local part. */
    static String word(String address) {
        return address.toLowerCase(Locale.ROOT).split("[+@]", 2)[0];
    }

    void refuse(String address, String reply) {
        replies.put(address, reply);
    }

    void accept(String address) {
        replies.remove(address);
    }

    void clear() {
        replies.clear();
    }

    /** The reply to RCPT, or null to take the recipient. */
    @Nullable
    String refusal(String address) {
        String word = word(address);
        if (word.equals("silent")) {
            sleep();
        }
        String scripted = replies.get(address);
        return scripted == null ? RESERVED.get(word) : scripted;
    }

    private static void sleep() {
        try {
            TimeUnit.SECONDS.sleep(SILENCE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
