package camelbell.suppression;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The secrets of access tokens, from which keys are derived where unsubscribe links have none of their own. */
@ConfigurationProperties("camelbell.jwt")
record TokenSecrets(List<String> secrets) {

    /** The secrets must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "TokenSecrets[" + secrets.size() + "]";
    }
}
