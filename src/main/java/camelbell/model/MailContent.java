package camelbell.model;

import org.jspecify.annotations.Nullable;

/**
 * What one e-mail says, in its reader's language.
 *
 * @param text the plain part, and {@code html} the same for programs that show it; escaped and ready
 * @param unsubscribe the reader's link to opt out of e-mails, or null when there is none
 */
public record MailContent(String subject, String text, String html, @Nullable String unsubscribe) {}
