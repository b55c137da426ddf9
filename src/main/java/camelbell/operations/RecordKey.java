package camelbell.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What keeps records in order in Kafka. Source: the wire contract, section 5. */
enum RecordKey {
    USER("application/json", "whole number \"id\"") {
        @Override
        Optional<String> of(JsonNode record) {
            return Optional.of(record.path("id"))
                    .filter(JsonNode::isIntegralNumber)
                    .map(JsonNode::asText);
        }
    },
    TICKET("application/cloudevents+json", "\"subject\" and no \"data.ticket.id\"") {
        @Override
        Optional<String> of(JsonNode record) {
            JsonNode subject = record.path("subject");
            JsonNode id = subject.isTextual() && !subject.asText().isBlank()
                    ? subject
                    : record.path("data").path("ticket").path("id");
            return Optional.of(id)
                    .filter(JsonNode::isValueNode)
                    .map(JsonNode::asText)
                    .filter(key -> !key.isBlank());
        }
    };

    private final String contentType;
    private final String fields;

    RecordKey(String contentType, String fields) {
        this.contentType = contentType;
        this.fields = fields;
    }

    abstract Optional<String> of(JsonNode record);

    String contentType() {
        return contentType;
    }

    /** The fields that a record without a key lacks, for a sentence. */
    String fields() {
        return fields;
    }
}
