package camelbell.model;

/**
 * What one e-mail says, in its reader's language.
 *
 * @param text the plain part, and {@code html} the same for programs that show it; escaped and ready
 */
public record Letter(String subject, String text, String html) {}
