package camelbell.channel.http;

import java.io.IOException;

/** A proxy would not let us through to the provider, which has heard nothing. */
class ProxyRefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;

    ProxyRefusedException(int status) {
        super("the proxy answered " + status + " instead of connecting us");
        this.status = status;
    }

    int status() {
        return status;
    }
}
