package camelbell.channel;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A refusal: the reply code, the enhanced status code where the server gave one, and whom it is about.
 *
 * @param ours true when it is about us (our sender, our login), so that it says nothing of the recipient
 */
record SmtpReply(int code, @Nullable String enhanced, boolean ours) {

    private static final Pattern TEXT = Pattern.compile("^\\s*(\\d{3})[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?");

    /** Authentication or encryption is wanted: nothing gets through until somebody mends the configuration. */
    private static final Set<Integer> CHANNEL = Set.of(530, 534, 535, 538);

    /** The refusal of the recipient if there is one, or of the message, or of the sender. */
    static @Nullable SmtpReply find(Chain chain) {
        for (Class<?> kind : List.of(
                SMTPAddressFailedException.class, SMTPSenderFailedException.class, SMTPSendFailedException.class)) {
            for (Throwable link : chain.links()) {
                SmtpReply reply = kind.isInstance(link) ? of(link) : null;
                if (reply != null) {
                    return reply;
                }
            }
        }
        return null;
    }

    boolean isPermanent() {
        char first = enhanced == null ? String.valueOf(code).charAt(0) : enhanced.charAt(0);
        return first == '5' && !ours && !CHANNEL.contains(code);
    }

    String reason() {
        return "SMTP " + code + (enhanced == null ? "" : " " + enhanced);
    }

    private static @Nullable SmtpReply of(Throwable refusal) {
        int code = code(refusal);
        if (code < 400) {
            return null;
        }
        Matcher text = TEXT.matcher(String.valueOf(refusal.getMessage()));
        String enhanced = text.find() ? text.group(2) : null;
        return new SmtpReply(code, enhanced, refusal instanceof SMTPSenderFailedException);
    }

    private static int code(Throwable refusal) {
        if (refusal instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        if (refusal instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return refusal instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }
}
