package camelbell.channel.http;

import java.io.IOException;

/** There was no connection on which a request could have left, TLS and proxy included: the provider has heard nothing. */
class NotConnectedException extends IOException {

    private static final long serialVersionUID = 1;

    NotConnectedException(Exception cause) {
        super("no connection to the provider", cause);
    }
}
