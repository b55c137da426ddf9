/**
 * What every channel promises: whether an attempt may begin, what an error means, how fast it goes and when it is left
 * alone. The packages below it are one provider or protocol each.
 * Called by 45-channel, on the threads of the channels' queues only.
 * Must never import another stage, nor a provider.
 */
@NullMarked
package camelbell.channel;

import org.jspecify.annotations.NullMarked;
