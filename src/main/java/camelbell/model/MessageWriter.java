package camelbell.model;

/** How the hub words what a channel sends. */
public interface MessageWriter {

    /** The message as the delivery's channel would send it; a link to opt out in it is a placeholder. */
    WrittenMessage write(Delivery delivery);
}
