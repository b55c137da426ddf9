package camelbell.channel;

import camelbell.configuration.CheckedYaml;
import camelbell.configuration.Findings;
import camelbell.configuration.Meant;
import camelbell.model.Channel;
import camelbell.model.Policy;
import camelbell.model.RetryPolicies;
import camelbell.model.RetryPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** routes/retries.yaml, read once at start-up. */
public final class RetriesFile {

    private final CheckedYaml yaml;
    private final Map<String, RetryPolicy> retries = new LinkedHashMap<>();
    private final Map<String, ErrorTable> errors = new LinkedHashMap<>();
    private final Map<String, BreakerPolicy> breakers = new LinkedHashMap<>();
    private final Map<String, RatePolicy> rates = new LinkedHashMap<>();
    private final Map<String, RatePolicy> recipientRates = new LinkedHashMap<>();

    private RetriesFile(CheckedYaml yaml) {
        this.yaml = yaml;
    }

    /** Errors: what the schema forbids, an error in two classes, a channel too many or too few: by file and line. */
    static RetriesFile read(Resource file, Policy policy) {
        Findings findings = new Findings();
        RetriesFile retries = read(file, policy, findings);
        findings.mustHaveNoErrors();
        return Objects.requireNonNull(retries);
    }

    /** The findings get whatever is wrong in the file. */
    public static void check(Resource file, Policy policy, Findings findings) {
        read(file, policy, findings);
    }

    private static @Nullable RetriesFile read(Resource file, Policy policy, Findings findings) {
        CheckedYaml yaml = CheckedYaml.read(file, "retries.schema.json", findings);
        if (yaml == null) {
            return null;
        }
        RetriesFile retries = new RetriesFile(yaml);
        JsonNode channels = retries.yaml.content().get("channels");
        channels.properties().forEach(entry -> retries.channel(entry.getKey(), entry.getValue(), policy));
        for (Channel channel : policy.channels().values()) {
            if (!channel.inbox() && !channels.has(channel.code())) {
                retries.yaml.error(channels, "no channel " + channel.code() + ", which policy.yaml has");
            }
        }
        return retries;
    }

    RetryPolicies retries() {
        return new RetryPolicies(retries);
    }

    ErrorClasses errors() {
        return new ErrorClasses(errors);
    }

    Map<String, BreakerPolicy> breakers() {
        return breakers;
    }

    /** Of whole channels; a channel that is not paced is absent. */
    Map<String, RatePolicy> rates() {
        return rates;
    }

    /** Of each person over a channel. */
    Map<String, RatePolicy> recipientRates() {
        return recipientRates;
    }

    private void channel(String code, JsonNode node, Policy policy) {
        Channel channel = policy.channels().get(code);
        if (channel == null || channel.inbox()) {
            yaml.error(
                    node,
                    "no channel " + code + " in policy.yaml that sends anything out"
                            + Meant.by(code, policy.channels().keySet()));
        }
        RetryPolicy retry = retry(node);
        retries.put(code, retry);
        breakers.put(code, breaker(node.get("breaker")));
        errors.put(code, table(node.get("errors"), retry.waits().size() + 1));
        if (node.has("rate")) {
            rates.put(code, rate(node.get("rate")));
        }
        if (node.has("recipient-rate")) {
            JsonNode rate = node.get("recipient-rate");
            recipientRates.put(code, new RatePolicy(duration(rate.get("every")), burst(rate), always(rate)));
        }
    }

    private RetryPolicy retry(JsonNode node) {
        List<Duration> waits = new ArrayList<>();
        node.get("schedule").forEach(wait -> waits.add(duration(wait)));
        JsonNode unknown = node.get("unknown");
        Duration maxAge = duration(node.get("max-age"));
        if (maxAge.compareTo(waits.get(0)) < 0) {
            yaml.error(node.get("max-age"), "max-age is shorter than the schedule's first wait");
        }
        return new RetryPolicy(
                waits,
                node.get("jitter").asDouble(),
                maxAge,
                unknown.get("resends").asInt(),
                duration(unknown.get("after")));
    }

    private BreakerPolicy breaker(JsonNode node) {
        if (node.get("at-least").asInt() > node.get("window").asInt()) {
            yaml.error(node.get("at-least"), "at-least is more than window, so the rate is never believed");
        }
        return new BreakerPolicy(
                node.get("window").asInt(),
                node.get("at-least").asInt(),
                node.get("failure-rate").asInt(),
                duration(node.get("open-for")),
                duration(node.get("stopped-for")),
                node.get("probes").asInt());
    }

    private RatePolicy rate(JsonNode node) {
        int perSecond = node.get("per-second").asInt();
        if (burst(node) < perSecond) {
            yaml.error(node.get("burst"), "burst is less than per-second, so the rate is never reached");
        }
        return new RatePolicy(Duration.ofSeconds(1).dividedBy(perSecond), burst(node), always(node));
    }

    private static int burst(JsonNode node) {
        return node.get("burst").asInt();
    }

    private static boolean always(JsonNode node) {
        return node.get("when").asText().equals("always");
    }

    private ErrorTable table(JsonNode classes, int attempts) {
        ErrorTable table = new ErrorTable();
        classes.properties().forEach(list -> list.getValue().forEach(entry -> {
            JsonNode error = entry.isTextual() ? entry : entry.get("error");
            if (!table.add(error.asText(), meaning(ErrorClass.named(list.getKey()), entry, attempts))) {
                yaml.error(error, error.asText() + " stands here already");
            }
        }));
        return table;
    }

    private ErrorMeaning meaning(ErrorClass errorClass, JsonNode entry, int attempts) {
        if (entry.isTextual()) {
            return new ErrorMeaning(errorClass, ErrorMeaning.AS_SCHEDULED);
        }
        JsonNode most = entry.get("attempts");
        if (most.asInt() >= attempts) {
            yaml.error(most, "the schedule ends after attempt " + attempts + " anyway");
        }
        return new ErrorMeaning(errorClass, most.asInt());
    }

    private static Duration duration(JsonNode text) {
        return Duration.parse("PT" + text.asText().toUpperCase(Locale.ROOT));
    }
}
