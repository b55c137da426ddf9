package camelbell.channel.mail;

import jakarta.mail.MessagingException;

/** The message left altogether, and no answer came: the server may have it. */
class NoAnswerException extends MessagingException {

    NoAnswerException(Exception cause) {
        super("no answer after the end of the message", cause);
    }
}
