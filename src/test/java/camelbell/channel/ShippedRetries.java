package camelbell.channel;

import camelbell.model.ADelivery;
import camelbell.model.Policy;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** routes/retries.yaml as it ships. */
public final class ShippedRetries {

    private ShippedRetries() {}

    public static ErrorClasses errors() {
        return file().errors();
    }

    static RetriesFile file() {
        return read(new FileSystemResource("routes/retries.yaml"));
    }

    /** Another file, for the channels that ship. */
    static RetriesFile read(Resource file) {
        return RetriesFile.read(
                file, new Policy(Map.of("EMAIL", ADelivery.EMAIL, "WHATSAPP", ADelivery.WHATSAPP), Map.of()));
    }
}
