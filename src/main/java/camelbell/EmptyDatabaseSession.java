package camelbell;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection to an {@link EmptyDatabase}. */
final class EmptyDatabaseSession {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int BOOL = 16;
    private static final int INT8 = 20;
    private static final int TEXT = 25;
    private static final int TIMESTAMPTZ = 1184;

    /** Questions that are nothing without an answer, by what stands in them. */
    private static final Map<String, Row> ROWS = Map.of(
            "bare_up_to, made_at FROM hub",
            new Row(
                    List.of(TEXT, INT8, TIMESTAMPTZ),
                    List.of("id", "bare_up_to", "made_at"),
                    List.of("0000000000000000", "0", "2026-01-01 00:00:00+00")),
            "clock_timestamp()",
            new Row(List.of(TIMESTAMPTZ), List.of("now"), List.of("2026-01-01 00:00:00+00")),
            "pg_try_advisory_xact_lock",
            new Row(List.of(BOOL), List.of("locked"), List.of("t")));

    private static final Row NONE = new Row(List.of(), List.of(), List.of());

    private record Row(List<Integer> types, List<String> names, List<String> values) {}

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final Map<String, String> statements = new HashMap<>();
    private String sql = "";
    private char state = 'I';

    EmptyDatabaseSession(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    void serve() throws IOException {
        try (socket) {
            greet();
            for (int type = in.read(); type > 0 && type != 'X'; type = in.read()) {
                answer((char) type, ByteBuffer.wrap(in.readNBytes(in.readInt() - 4)));
            }
        }
    }

    private void greet() throws IOException {
        int asked = ByteBuffer.wrap(in.readNBytes(in.readInt() - 4)).getInt();
        while (asked == SSL_REQUEST || asked == GSS_REQUEST) {
            out.write('N');
            out.flush();
            asked = ByteBuffer.wrap(in.readNBytes(in.readInt() - 4)).getInt();
        }
        send('R', body -> body.writeInt(0));
        for (String setting : List.of(
                "server_version=17.0",
                "server_encoding=UTF8",
                "client_encoding=UTF8",
                "DateStyle=ISO, MDY",
                "TimeZone=UTC",
                "integer_datetimes=on",
                "standard_conforming_strings=on")) {
            int equals = setting.indexOf('=');
            send('S', body -> {
                text(body, setting.substring(0, equals));
                text(body, setting.substring(equals + 1));
            });
        }
        send('K', body -> body.writeLong(0));
        ready();
    }

    private void answer(char type, ByteBuffer message) throws IOException {
        switch (type) {
            case 'P' -> {
                statements.put(text(message), text(message));
                send('1', body -> {});
            }
            case 'B' -> {
                text(message); // the portal
                sql = statements.getOrDefault(text(message), "");
                send('2', body -> {});
            }
            case 'D' -> {
                if (message.get() == 'S') {
                    sql = statements.getOrDefault(text(message), "");
                    send('t', this::parameters);
                }
                describe();
            }
            case 'E' -> execute();
            case 'C' -> send('3', body -> {});
            case 'Q' -> {
                sql = text(message);
                if (hasRows()) {
                    describe();
                }
                execute();
                ready();
            }
            case 'S' -> ready();
            default -> {} // flush, and what nobody waits for
        }
    }

    private void parameters(DataOutputStream body) throws IOException {
        int count = 0;
        while (sql.contains("$" + (count + 1))) {
            count++;
        }
        body.writeShort(count);
        for (int i = 0; i < count; i++) {
            body.writeInt(TEXT);
        }
    }

    private Row row() {
        return ROWS.entrySet().stream()
                .filter(known -> sql.contains(known.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(NONE);
    }

    private String verb() {
        return sql.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    }

    private boolean hasRows() {
        return List.of("SELECT", "WITH", "SHOW").contains(verb()) || sql.contains("RETURNING");
    }

    private void describe() throws IOException {
        if (!hasRows()) {
            send('n', body -> {});
            return;
        }
        Row row = row();
        send('T', body -> {
            body.writeShort(row.names.size());
            for (int i = 0; i < row.names.size(); i++) {
                text(body, row.names.get(i));
                body.writeInt(0);
                body.writeShort(0);
                body.writeInt(row.types.get(i));
                body.writeShort(-1);
                body.writeInt(-1);
                body.writeShort(0);
            }
        });
    }

    private void execute() throws IOException {
        Row row = row();
        if (!row.values.isEmpty()) {
            send('D', body -> {
                body.writeShort(row.values.size());
                for (String value : row.values) {
                    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                    body.writeInt(bytes.length);
                    body.write(bytes);
                }
            });
        }
        String verb = verb();
        state = switch (verb) {
            case "BEGIN" -> 'T';
            case "COMMIT", "ROLLBACK" -> 'I';
            default -> state;
        };
        send(
                'C',
                body -> text(
                        body,
                        switch (verb) {
                            case "INSERT" -> "INSERT 0 0";
                            case "UPDATE", "DELETE" -> verb + " 0";
                            case "SELECT", "WITH" -> "SELECT " + (row.values.isEmpty() ? 0 : 1);
                            default -> verb;
                        }));
    }

    private void ready() throws IOException {
        send('Z', body -> body.write(state));
        out.flush();
    }

    private interface MessageBody {
        void write(DataOutputStream to) throws IOException;
    }

    private void send(char type, MessageBody body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        out.write(type);
        out.writeInt(bytes.size() + 4);
        bytes.writeTo(out);
    }

    private static void text(DataOutputStream to, String value) throws IOException {
        to.write(value.getBytes(StandardCharsets.UTF_8));
        to.write(0);
    }

    private static String text(ByteBuffer from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte next = from.get(); next != 0; next = from.get()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
