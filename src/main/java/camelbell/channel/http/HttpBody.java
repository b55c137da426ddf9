package camelbell.channel.http;

/** What a provider is sent, and as which media type. */
public record HttpBody(String contentType, String text) {

    /** Texts must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "HttpBody[contentType=" + contentType + "]";
    }
}
