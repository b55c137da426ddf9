package camelbell.dev;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts different strings in eight bytes each (and Java's overhead), so that every one of some million can be kept.
 * Source: 64 bits of SHA-256; two of 100,000 strings collide with a probability of 3 in ten thousand million.
 */
final class DistinctIds {

    private final Set<Long> seen = new HashSet<>();

    /** False when the string came before. */
    synchronized boolean add(String id) {
        return seen.add(digest(id));
    }

    synchronized int size() {
        return seen.size();
    }

    synchronized void clear() {
        seen.clear();
    }

    private static long digest(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
