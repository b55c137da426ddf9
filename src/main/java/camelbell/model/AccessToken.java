package camelbell.model;

import java.time.Instant;

/** What a checked access token says: whose it is and how long it is good for. The token's text is not kept. */
public record AccessToken(Person user, Instant expiresAt) {}
