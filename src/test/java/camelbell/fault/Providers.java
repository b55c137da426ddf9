package camelbell.fault;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the providers have taken, by notification: the only word on what was really sent.
 *
 * @param mails addresses to which each notification's mails went, one for each copy
 * @param whatsApps the same in digits
 */
record Providers(Map<Long, List<String>> mails, Map<Long, List<String>> whatsApps) {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: <notification-(\\d+)@");
    private static final Pattern TO = Pattern.compile("(?im)^To: (.*)$");

    static Providers of(Rig rig) {
        Map<Long, List<String>> mails = new HashMap<>();
        for (String message : rig.smtp.messages()) {
            add(mails, Long.parseLong(first(MESSAGE_ID, message)), first(TO, message));
        }
        Map<Long, List<String>> whatsApps = new HashMap<>();
        rig.cloud.received(Integer.MAX_VALUE).forEach(request -> {
            JsonObject body = request.body();
            if (request.accepted() && body != null) {
                add(
                        whatsApps,
                        Long.parseLong(
                                body.getString("biz_opaque_callback_data").split("/", -1)[0]),
                        body.getString("to"));
            }
        });
        rig.takenElsewhere().forEach(message -> add(whatsApps, message.getKey(), message.getValue()));
        return new Providers(mails, whatsApps);
    }

    Map<Long, List<String>> over(String channel) {
        return channel.equals("EMAIL") ? mails : whatsApps;
    }

    /** Copies beyond the first of each notification. */
    long duplicates(String channel) {
        return over(channel).values().stream()
                .mapToLong(copies -> copies.size() - 1)
                .sum();
    }

    private static void add(Map<Long, List<String>> sent, long notification, String to) {
        sent.computeIfAbsent(notification, id -> new ArrayList<>()).add(to.strip());
    }

    private static String first(Pattern pattern, String message) {
        Matcher found = pattern.matcher(message);
        return found.find() ? found.group(1) : "-1";
    }
}
