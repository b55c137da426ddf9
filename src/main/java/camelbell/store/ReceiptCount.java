package camelbell.store;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** The metric {@code camelbell.receipts}, by what became of a receipt. */
@Component
public class ReceiptCount {

    private final MeterRegistry meters;

    ReceiptCount(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Of the WhatsApp webhook. */
    public void add(String result, int receipts) {
        add(ReceiptRows.WHATSAPP, result, receipts);
    }

    public void add(String channel, String result, int receipts) {
        AfterCommit.run(() -> meters.counter("camelbell.receipts", "channel", channel, "result", result)
                .increment(receipts));
    }
}
