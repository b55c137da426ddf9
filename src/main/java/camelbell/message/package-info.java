/**
 * Renders the words that people read: e-mails from the templates, WhatsApp parameters from the registry.
 * Called by 50-channel-mail and 51-channel-whatsapp; everything is checked at start-up, nothing does I/O afterwards.
 * Must never import another stage.
 */
@NullMarked
package camelbell.message;

import org.jspecify.annotations.NullMarked;
