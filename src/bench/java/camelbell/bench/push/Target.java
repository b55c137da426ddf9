package camelbell.bench.push;

import camelbell.bench.Cpu;
import java.util.Map;

/** The hub that the clients talk to, as {@link PushBenchmark} has told them of it; its settings stand under their own names. */
record Target(Map<String, String> settings) {

    static final String PORT = "port";
    static final String MANAGEMENT = "management";
    static final String PID = "pid";

    int port() {
        return Integer.parseInt(of(PORT));
    }

    int managementPort() {
        return Integer.parseInt(of(MANAGEMENT));
    }

    long pid() {
        return Long.parseLong(of(PID));
    }

    String secret() {
        return of("camelbell.jwt.secrets");
    }

    /** CPU time of its process so far, in milliseconds. */
    double cpu() {
        return Cpu.millis(pid());
    }

    private String of(String name) {
        return settings.getOrDefault(name, "");
    }
}
