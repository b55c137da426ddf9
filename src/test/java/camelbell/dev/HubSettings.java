package camelbell.dev;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of the hub from the command line; they go before those of the embedded servers. */
record HubSettings(Map<String, String> values) {

    static final String RELOAD = "camelbell.reload";

    private static final Pattern SETTING = Pattern.compile("--([a-z][\\w-]*(?:\\.[\\w\\[\\]-]+)+)=(.*)");

    static HubSettings parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            Matcher matcher = SETTING.matcher(argument);
            if (!matcher.matches()) {
                throw new CannotStart("There is no option " + argument + ": --help lists them all, and a setting of the"
                        + " hub looks like --camelbell.delivery.lease=5s.");
            }
            values.put(matcher.group(1), matcher.group(2));
        }
        return new HubSettings(values);
    }

    Map<String, String> over(Map<String, String> defaults) {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(values);
        if (!all.getOrDefault("camelbell.routes", "").startsWith("file:") && !values.containsKey(RELOAD)) {
            all.remove(RELOAD); // somebody wants the routes of the jar, in which nobody saves files
        }
        return all;
    }

    String[] argumentsOver(Map<String, String> defaults) {
        return over(defaults).entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }

    String eventsTopic() {
        return values.getOrDefault("camelbell.kafka.topics.ticket-events", "ticket-events");
    }

    String usersTopic() {
        return values.getOrDefault("camelbell.kafka.topics.users", "users");
    }
}
