package camelbell.suppression;

import camelbell.model.StartRefused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What signs unsubscribe links, at least 32 bytes each; the first one signs, all are believed.
 *
 * @param secrets empty: keys are derived from camelbell.jwt.secrets
 */
@ConfigurationProperties("camelbell.unsubscribe")
record LinkSecrets(List<String> secrets) {

    private static final int MIN_BYTES = 32;

    LinkSecrets {
        secrets = List.copyOf(secrets);
        for (int i = 0; i < secrets.size(); i++) {
            int bytes = secrets.get(i).getBytes(StandardCharsets.UTF_8).length;
            if (bytes < MIN_BYTES) {
                throw new StartRefused("camelbell.unsubscribe.secrets: number " + (i + 1) + " is " + bytes
                        + " bytes long, at least " + MIN_BYTES + " are needed: set a longer one.");
            }
        }
    }

    /** The secrets must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "LinkSecrets[" + secrets.size() + "]";
    }
}
