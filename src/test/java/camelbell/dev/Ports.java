package camelbell.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * TCP ports of the loopback interface, for servers that must know theirs before they start.
 *
 * <p>They lie below those that an operating system gives to outgoing connections (from 32768 on Linux, from 49152
 * elsewhere): a port of that range that is free now is, a moment later, some client's. Each process keeps a block of
 * them to itself, so that test processes side by side never choose the same.
 */
public final class Ports {

    private static final int FIRST = 16_000;
    private static final int LAST = 32_000;
    private static final int BLOCK = 400;

    private Ports() {}

    /** A port that is free, and that nothing takes that asks here or for any port. */
    public static int free() {
        return Block.MINE.next();
    }

    /** Whether anything on this machine listens there, on whatever address. */
    static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1)) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    /** The ports after the one on which this process listens for as long as it lives, to mark them as its own. */
    private static final class Block {

        static final Block MINE = new Block(claim());

        private final ServerSocket claim;
        private int given;

        Block(ServerSocket claim) {
            this.claim = claim;
        }

        synchronized int next() {
            for (int tried = 1; tried < BLOCK; tried++) {
                given = given % (BLOCK - 1) + 1;
                int port = claim.getLocalPort() + given;
                if (!isTaken(port)) {
                    return port;
                }
            }
            throw new IllegalStateException("Each of the " + BLOCK + " ports from " + claim.getLocalPort()
                    + " is taken: something starts servers here and never closes them");
        }

        private static ServerSocket claim() {
            for (int port = FIRST; port < LAST; port += BLOCK) {
                try {
                    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                } catch (BindException taken) {
                    // by another process, which has that block
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot listen on port " + port + " of the loopback interface", e);
                }
            }
            throw new IllegalStateException(
                    "Every block of ports from " + FIRST + " to " + LAST + " belongs to another process");
        }
    }
}
