package camelbell.runtime.http;

/** What the listeners of the public port have to know of WebSockets before the first one opens. */
public interface LongestFrame {

    /** Bytes; a frame that says that it is longer is refused by its head. */
    int longestFrame();
}
