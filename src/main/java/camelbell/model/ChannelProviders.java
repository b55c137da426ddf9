package camelbell.model;

/** Whoever sets up what a channel's route file has made by itself, before anything flows. */
public interface ChannelProviders {

    /**
     * Errors: {@link StartRefused} where it cannot be called as it is set up.
     *
     * @param provider the bean that the route file names as the channel's outcome; of any kind
     */
    void begin(Object provider, Channel channel, ChannelLimit limit);
}
