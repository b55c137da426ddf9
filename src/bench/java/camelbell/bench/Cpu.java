package camelbell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** CPU time of processes, as Linux counts it. */
public final class Cpu {

    private static final double TICK = 10; // milliseconds; USER_HZ is 100 on every Linux

    private Cpu() {}

    /** Milliseconds that the process has used since its start; 0 for one that is gone. */
    public static double millis(long pid) {
        try {
            List<String> fields = fields(pid);
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * TICK;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The same of all processes of a database's server, those that have ended included. */
    public static double database(Map<String, String> properties) throws SQLException {
        long server = Rows.count(properties, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint");
        return ProcessHandle.of(server)
                .map(postmaster -> millis(server)
                        + ended(server)
                        + postmaster
                                .children()
                                .mapToDouble(one -> millis(one.pid()))
                                .sum())
                .orElse(0.0);
    }

    private static double ended(long pid) {
        try {
            List<String> fields = fields(pid);
            return (Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14))) * TICK;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Behind the name, which may hold blanks: state, parent, … */
    private static List<String> fields(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    }
}
