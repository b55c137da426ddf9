package camelbell.model;

/** Whoever sets up what a channel's route file has made by itself, before anything flows. */
public interface ChannelProviders {

    /**
     * Errors: {@link StartRefused} where it cannot be called as it is set up.
     *
     * @param provider the bean that the route file names as the channel's outcome; of any kind
     */
    void begin(Object provider, Channel channel, ChannelLimit limit);

    /** Gives back what it holds, such as connections: nothing is sent by it any more. Harmless for one that never began. */
    void end(Object provider);

    /**
     * Errors: {@link StartRefused} for a provider that no channel has as its outcome, so that it would never be set up.
     *
     * @param name of a bean that a route file makes, of any kind
     */
    void refuse(String name, Object unused);
}
