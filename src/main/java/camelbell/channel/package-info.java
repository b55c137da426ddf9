/**
 * What each provider needs around the words: envelopes, connections, and its answers read as delivery outcomes.
 * Called by 50-channel-mail and 51-channel-whatsapp, on the threads of their queues only.
 * Must never import another stage; Camel only where its mail and HTTP components ask for one of their own types.
 */
@NullMarked
package camelbell.channel;

import org.jspecify.annotations.NullMarked;
