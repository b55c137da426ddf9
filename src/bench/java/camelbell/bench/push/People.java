package camelbell.bench.push;

import camelbell.bench.Rows;
import camelbell.bench.Upstream;
import camelbell.bench.endtoend.Load;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Whom a part is about: posted to the topic of the directory, where those of the part before are not active any more. */
final class People {

    private static final String AS_WANTED =
            "SELECT CASE WHEN count(*) = %d AND count(*) FILTER (WHERE contacts ->> 'email' <> '') = %d THEN 1 ELSE 0 END"
                    + " FROM person WHERE active";

    private People() {}

    /** Admins without addresses, so that nothing is sent beside what is measured: of all the first so many are active. */
    static void admins(Map<String, String> settings, int all, int active) throws Exception {
        try (Upstream upstream = new Upstream(settings)) {
            for (int id = 1; id <= all; id++) {
                post(upstream, id, user(id, "ADMIN", id <= active, ""));
            }
        }
        Rows.await(settings, AS_WANTED.formatted(active, 0), 1);
    }

    /** Those of the end-to-end benchmark, and the one whose frames are timed, who has every address too. */
    static void ofTheLoad(Map<String, String> settings, int all) throws Exception {
        List<byte[]> users = Load.users();
        try (Upstream upstream = new Upstream(settings)) {
            for (int id = 1; id <= Math.max(all, HalfLoad.TIMED); id++) {
                post(
                        upstream,
                        id,
                        id <= users.size()
                                ? users.get(id - 1)
                                : user(
                                        id,
                                        "CLIENT",
                                        id == HalfLoad.TIMED,
                                        ",\"email\":\"timed@example.org\",\"whatsapp_number\":\"+12125559999\""));
            }
        }
        Rows.await(settings, AS_WANTED.formatted(HalfLoad.TIMED, HalfLoad.TIMED), 1);
    }

    private static void post(Upstream upstream, int id, byte[] user) {
        upstream.post("users", String.valueOf(id), user);
    }

    private static byte[] user(int id, String role, boolean active, String addresses) {
        return "{\"id\":%d,\"username\":\"u%d\",\"name\":\"\",\"role\":\"%s\",\"active\":%b%s}"
                .formatted(id, id, role, active, addresses)
                .getBytes(StandardCharsets.UTF_8);
    }
}
