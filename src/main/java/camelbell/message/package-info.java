/**
 * Renders the words that people read: e-mails from the templates, WhatsApp parameters from the registry, plain texts.
 * Called by 50-channel-mail, 51-channel-whatsapp and the files of other channels; everything is checked at start-up, nothing does I/O afterwards.
 * Must never import another stage.
 */
@NullMarked
package camelbell.message;

import org.jspecify.annotations.NullMarked;
