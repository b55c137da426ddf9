package camelbell.model;

/** One record for a Kafka topic. */
public record KeyedRecord(String key, byte[] value) {}
