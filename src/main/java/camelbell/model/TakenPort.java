package camelbell.model;

import java.util.Locale;

/** Who may have a port that this process wants, and how to find out. */
public final class TakenPort {

    private TakenPort() {}

    /** The rest of a sentence that says that the port is taken. */
    public static String holder(int port) {
        return ", perhaps by another camelbell; who has it: " + question(port) + ".";
    }

    private static String question(int port) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return "netstat -ano | findstr :" + port;
        }
        return system.startsWith("mac")
                ? "lsof -nP -iTCP:" + port + " -sTCP:LISTEN"
                : "ss -ltnp 'sport = :" + port + "'";
    }
}
