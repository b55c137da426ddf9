package camelbell.dev.playground;

import camelbell.dev.CloudApiDouble;
import camelbell.fault.FaultProxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be broken and mended again: {@code mail}, the mail server is away; {@code whatsapp}, each message is answered with
 * 429; {@code connection-ID}, that person's page and the hub do not reach each other. How it stands is asked where it is done.
 */
final class Breaks implements AutoCloseable {

    /** Meta's words for: too many messages from this number. Written out, so that it is known again. */
    private static final Map<String, Object> TOO_MANY = Map.of(
            "status", 429,
            "body",
                    Map.of(
                            "error",
                            Map.of("code", 130429, "message", "(#130429) Rate limit hit", "type", "OAuthException")),
            "times", 0);

    private final Map<String, Switch> all = new LinkedHashMap<>();
    private final Map<Long, Line> lines = new LinkedHashMap<>();
    private final Line mail;

    /** @param smtpPort of the mail server; the hub is to go through {@link #mailPort} */
    Breaks(int smtpPort, int hubPort, CloudApiDouble whatsapp, List<Person> people) {
        mail = new Line(smtpPort);
        all.put("mail", mail);
        all.put("whatsapp", new Switch() {
            @Override
            public void turn(boolean broken) {
                if (!broken) {
                    whatsapp.endScript(TOO_MANY);
                } else if (!isBroken()) {
                    whatsapp.script(TOO_MANY);
                }
            }

            @Override
            public boolean isBroken() {
                return whatsapp.isScripted(TOO_MANY);
            }
        });
        people.forEach(person -> {
            Line line = new Line(hubPort);
            lines.put(person.id(), line);
            all.put("connection-" + person.id(), line);
        });
    }

    /** Where the hub reaches the mail server while it is not away. */
    int mailPort() {
        return mail.proxy.port();
    }

    /** Where that person's page reaches the hub while the connection is not cut. */
    int hubPort(Person person) {
        return Optional.ofNullable(lines.get(person.id())).orElseThrow().proxy.port();
    }

    /** False when there is nothing of that name. */
    synchronized boolean turn(String name, boolean broken) {
        Switch found = all.get(name);
        if (found != null) {
            found.turn(broken);
        }
        return found != null;
    }

    /** By name, whether it is broken. */
    synchronized Map<String, Boolean> now() {
        Map<String, Boolean> states = new LinkedHashMap<>();
        all.forEach((name, one) -> states.put(name, one.isBroken()));
        return states;
    }

    @Override
    public void close() {
        mail.proxy.close();
        lines.values().forEach(line -> line.proxy.close());
    }

    private interface Switch {

        void turn(boolean broken);

        boolean isBroken();
    }

    /** A connection that can be cut. */
    private static final class Line implements Switch {

        private final FaultProxy proxy;
        private boolean broken;

        Line(int target) {
            proxy = new FaultProxy(target);
        }

        @Override
        public synchronized void turn(boolean wanted) {
            if (wanted) {
                proxy.down();
            } else {
                proxy.heal();
            }
            broken = wanted;
        }

        @Override
        public synchronized boolean isBroken() {
            return broken;
        }
    }
}
