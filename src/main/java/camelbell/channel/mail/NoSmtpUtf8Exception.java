package camelbell.channel.mail;

/** The address on file takes a server with SMTPUTF8 (RFC 6531), which this one does not offer. */
class NoSmtpUtf8Exception extends RuntimeException {

    private static final long serialVersionUID = 1;
}
