package camelbell.model;

import java.time.Instant;

/** One delivery and how its attempt ended: what the settle stage writes down. */
public record Attempt(Delivery delivery, DeliveryOutcome outcome, Instant at) {}
