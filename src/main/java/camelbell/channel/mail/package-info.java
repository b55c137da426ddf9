/**
 * E-mail over SMTP submission: envelopes, pooled connections, and the server's replies read as delivery outcomes.
 * Called by 50-channel-mail, on the threads of its queue only.
 * Must never know another channel; Camel only where its mail component asks for one of its own types.
 */
@NullMarked
package camelbell.channel.mail;

import org.jspecify.annotations.NullMarked;
