/**
 * WhatsApp over Meta's Cloud API: requests, and Meta's answers read as delivery outcomes.
 * Called by 51-channel-whatsapp, on the threads of its queue only.
 * Must never know another channel but the HTTP client of camelbell.channel.http; Camel only where its HTTP component asks
 * for one of its own types.
 */
@NullMarked
package camelbell.channel.whatsapp;

import org.jspecify.annotations.NullMarked;
