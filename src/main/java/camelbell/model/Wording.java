package camelbell.model;

/**
 * The words of a notification.
 *
 * @param subject the headline in the inbox
 * @param message the sentence in the inbox and on the WebSocket
 * @param template entry of templates/words and whatsapp-templates.yaml that channels write their messages by; empty: they
 *     say subject and message, and WhatsApp, which sends approved templates alone, uses the event type's
 */
public record Wording(String subject, String message, String template) {}
