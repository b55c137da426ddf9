package camelbell.model;

/** How the hub words what a channel sends. */
public interface MessageWriter {

    /** The message as the delivery's channel would send it; it opens no door: a link to opt out is a placeholder. */
    WrittenMessage write(Delivery delivery);
}
