package camelbell.channel;

import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each channel's errors mean, from routes/retries.yaml. */
public final class ErrorClasses implements Current<ErrorClasses> {

    private final Map<String, ErrorTable> byChannel;

    ErrorClasses(Map<String, ErrorTable> byChannel) {
        this.byChannel = Map.copyOf(byChannel);
    }

    @Override
    public ErrorClasses now() {
        return this;
    }

    /** With what was said before of channels that are here no more, for what is under way. */
    ErrorClasses over(ErrorClasses before) {
        Map<String, ErrorTable> all = new HashMap<>(before.byChannel);
        all.putAll(byChannel);
        return new ErrorClasses(all);
    }

    /**
     * The outcome of an error.
     *
     * @param reason stands in the log; short, stable, without personal data
     * @param evidence what the error showed, in the words of retries.yaml, the most telling first
     */
    public DeliveryOutcome outcome(
            Delivery delivery, String reason, @Nullable Duration notBefore, List<String> evidence) {
        ErrorTable table = byChannel.get(delivery.channel().code());
        ErrorMeaning meaning = table == null ? ErrorMeaning.UNLISTED : table.of(evidence);
        return meaning.outcome(reason, notBefore);
    }

    /** True when the file has an entry for exactly this error. */
    public boolean name(Delivery delivery, String error) {
        ErrorTable table = byChannel.get(delivery.channel().code());
        return table != null && table.names(error);
    }

    public DeliveryOutcome outcome(Delivery delivery, String reason) {
        return outcome(delivery, reason, null, List.of(reason));
    }

    @Nullable
    ErrorTable table(String channel) {
        return byChannel.get(channel);
    }
}
