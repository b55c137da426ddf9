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
 * A dead letter as JSON, bounded: at most {@link #VALUE} bytes of the value, and a thousand characters of each text.
 *
 * @param size of the value that died, bytes
 * @param truncated whether the dead letter holds only the head of that value
 * @param sha256 of the value that died; in a list of truncated ones only
 * @param value only when one dead letter is asked for, and it is UTF-8
 * @param valueBase64 only when one dead letter is asked for, and it is not
 * @param valueTruncated whether value or valueBase64 ends before the dead letter does
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
    static DeadLetterView listed(StoredDeadLetter deadLetter) {
        return of(deadLetter, deadLetter.truncated() ? deadLetter.sha256() : null, null, null, false);
    }

    /**
     * With its value.
     *
     * @param masked without what people's own URLs keep secret
     */
    static DeadLetterView whole(StoredDeadLetter deadLetter, boolean masked) {
        byte[] all = deadLetter.record().value();
        byte[] beginning = all == null ? null : head(all, VALUE);
        byte[] shown = beginning != null && masked ? head(MaskedUrls.in(beginning), VALUE) : beginning;
        String text = text(shown);
        return of(
                deadLetter,
                deadLetter.sha256(),
                text,
                shown != null && text == null ? Base64.getEncoder().encodeToString(shown) : null,
                all != null && beginning != null && beginning.length < all.length);
    }

    private static DeadLetterView of(
            StoredDeadLetter deadLetter,
            @Nullable String sha256,
            @Nullable String value,
            @Nullable String base64,
            boolean valueTruncated) {
        byte[] key = deadLetter.record().key();
        return new DeadLetterView(
                deadLetter.place(),
                deadLetter.id(),
                deadLetter.record().topic(),
                deadLetter.at(),
                shortened(deadLetter.code()),
                shortened(deadLetter.header("error-pointer")),
                shortened(deadLetter.header("error-detail")),
                key == null ? null : text(head(key, TEXT)),
                shortened(deadLetter.header("original-topic")),
                Ids.of(deadLetter.header("original-partition")),
                Ids.of(deadLetter.header("original-offset")),
                deadLetter.size(),
                deadLetter.truncated(),
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
