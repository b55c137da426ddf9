package camelbell.channel.http;

import java.net.UnknownHostException;

/** A person's URL leads where the hub may not go. The message holds neither the URL nor what it resolved to. */
final class ForbiddenAddressException extends UnknownHostException {

    ForbiddenAddressException(String complaint) {
        super(complaint);
    }
}
