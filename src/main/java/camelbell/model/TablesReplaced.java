package camelbell.model;

/**
 * Tables or route files were replaced while the hub runs.
 *
 * @param digest of the new version, as health names it
 */
public record TablesReplaced(String digest) {}
