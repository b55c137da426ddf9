package camelbell.kafka;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.utils.Utils;

/**
 * One port of a broker, knocked at with a few bytes of which a few are read. kafka-clients 3.9 itself takes the first bytes of
 * a TLS alert for the length of an answer, and makes room for 352,518,912 bytes.
 */
record ListenerProbe(String host, int port) {

    private static final int CONNECT_MS = 3000;
    private static final int READ_MS = 5000;
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final int MOST_MECHANISMS = 20;
    private static final int TLS_ALERT = 0x1503; // type and major version of the record
    private static final String ME = "camelbell-check";

    /** What stands behind it. */
    enum Reply {
        /** Nobody listens, or the host is not known or not reached. */
        AWAY,
        /** Somebody took the connection and said nothing that is known here. */
        SILENT,
        /** Speaks TLS only. */
        TLS,
        /** Speaks something else, whose first bytes a client would take for the length of an answer, too. */
        OTHER,
        /** A Kafka that is spoken to without TLS. */
        PLAIN
    }

    /** @param brokers as configured; what is no {@code host:port} is left to Kafka's own complaint */
    static List<ListenerProbe> of(String brokers) {
        return Arrays.stream(brokers.split(",", -1))
                .map(String::strip)
                .filter(address -> Utils.getHost(address) != null && Utils.getPort(address) != null)
                .map(address -> new ListenerProbe(Utils.getHost(address), Utils.getPort(address)))
                .toList();
    }

    Reply knock() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            return answer(socket);
        } catch (IOException | IllegalArgumentException e) {
            return Reply.AWAY;
        }
    }

    /** Only whether somebody listens. */
    Reply touch() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            return Reply.SILENT;
        } catch (IOException | IllegalArgumentException e) {
            return Reply.AWAY;
        }
    }

    private static Reply answer(Socket socket) {
        try {
            ask(socket, ApiKeys.API_VERSIONS, 0, new byte[0]);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int beginning = in.readInt();
            if (beginning >>> 16 == TLS_ALERT) {
                return Reply.TLS;
            }
            if (beginning > LONGEST_ANSWER) {
                return Reply.OTHER;
            }
            return beginning > 0 && in.readInt() == 1 ? Reply.PLAIN : Reply.SILENT;
        } catch (IOException e) {
            return Reply.SILENT;
        }
    }

    /** SASL mechanisms that it asks for; none where it asks for none or does not say. Only where it is {@link Reply#PLAIN}. */
    List<String> mechanisms() {
        List<String> offered = new ArrayList<>();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
            ask(socket, ApiKeys.SASL_HANDSHAKE, 1, new byte[] {0, 1, '?'}); // a mechanism that nobody has
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            if (length > 0 && length <= LONGEST_ANSWER && in.readInt() == 1) {
                boolean asks = in.readShort() == Errors.UNSUPPORTED_SASL_MECHANISM.code();
                int count = in.readInt();
                for (int i = 0; asks && i < count && i < MOST_MECHANISMS; i++) {
                    offered.add(new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // it does not say
        }
        return offered;
    }

    private static void ask(Socket socket, ApiKeys what, int version, byte[] body) throws IOException {
        socket.setSoTimeout(READ_MS);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(request);
        out.writeShort(what.id);
        out.writeShort(version);
        out.writeInt(1);
        out.writeShort(ME.length());
        out.writeBytes(ME);
        out.write(body);
        DataOutputStream to = new DataOutputStream(socket.getOutputStream());
        to.writeInt(request.size());
        request.writeTo(to);
        to.flush();
    }

    @Override
    public String toString() {
        return Utils.formatAddress(host, port);
    }
}
