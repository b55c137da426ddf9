package camelbell.operations;

import camelbell.rest.Ids;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A letter as JSON, bounded: at most {@link #VALUE} bytes of the value, and a thousand characters of each text.
 *
 * @param size of the value that died, bytes
 * @param truncated whether the letter holds only the head of that value
 * @param sha256 of the value that died; in a list of truncated ones only
 * @param value only when one letter is asked for, and it is UTF-8
 * @param valueBase64 only when one letter is asked for, and it is not
 * @param valueTruncated whether value or valueBase64 ends before the letter does
 */
record DeadLetterView(
        @JsonIgnore DeadLetterPosition place,
        String id,
        String topic,
        Instant at,
        String code,
        String pointer,
        String detail,
        @Nullable String key,
        String originalTopic,
        @Nullable Long originalPartition,
        @Nullable Long originalOffset,
        long size,
        boolean truncated,
        @Nullable String sha256,
        @Nullable Instant replayedAt,
        @Nullable String value,
        @Nullable String valueBase64,
        boolean valueTruncated) {

    /** What an answer holds of a value. Longer ones are to be read with Kafka's own tools. */
    static final int VALUE = 256 * 1024;

    private static final int TEXT = 1000;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    /** As the list has it. */
    static DeadLetterView listed(StoredDeadLetter letter) {
        return of(letter, letter.truncated() ? letter.sha256() : null, null, null, false);
    }

    /** With its value. */
    static DeadLetterView whole(StoredDeadLetter letter) {
        byte[] all = letter.record().value();
        byte[] shown = all == null ? null : head(all, VALUE);
        String text = text(shown);
        return of(
                letter,
                letter.sha256(),
                text,
                shown != null && text == null ? Base64.getEncoder().encodeToString(shown) : null,
                all != null && shown != null && shown.length < all.length);
    }

    private static DeadLetterView of(
            StoredDeadLetter letter,
            @Nullable String sha256,
            @Nullable String value,
            @Nullable String base64,
            boolean valueTruncated) {
        byte[] key = letter.record().key();
        return new DeadLetterView(
                letter.place(),
                letter.id(),
                letter.record().topic(),
                letter.at(),
                shortened(letter.code()),
                shortened(letter.header("error-pointer")),
                shortened(letter.header("error-detail")),
                key == null ? null : text(head(key, TEXT)),
                shortened(letter.header("original-topic")),
                Ids.of(letter.header("original-partition")),
                Ids.of(letter.header("original-offset")),
                letter.size(),
                letter.truncated(),
                sha256 == null ? null : shortened(sha256),
                null,
                value,
                base64,
                valueTruncated);
    }

    DeadLetterView replayed(@Nullable Instant when) {
        return new DeadLetterView(
                place,
                id,
                topic,
                at,
                code,
                pointer,
                detail,
                key,
                originalTopic,
                originalPartition,
                originalOffset,
                size,
                truncated,
                sha256,
                when,
                value,
                valueBase64,
                valueTruncated);
    }

    private static String shortened(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
    }

    /** Not in the middle of a character of UTF-8. */
    private static byte[] head(byte[] bytes, int most) {
        if (bytes.length <= most) {
            return bytes;
        }
        int end = most;
        while (end > most - 4 && (bytes[end] & CONTINUATION_MASK) == CONTINUATION) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** Null also for what is not UTF-8. */
    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }
}
