package camelbell.channel.mail;

import camelbell.address.NobodyThere;
import camelbell.channel.Chain;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Objects;
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
 * @param isDeadAddress true when it answers RCPT and surely says that there is nobody at the address
 */
record SmtpReply(int code, @Nullable String enhanced, boolean ours, boolean isDeadAddress) {

    private static final Pattern TEXT = Pattern.compile("^\\s*(\\d{3})[ -](?:([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?");

    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_PERMANENT = 500;

    private static final Pattern GREETING = Pattern.compile("^Got bad greeting .*, response: (.*)", Pattern.DOTALL);

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
        return chain.links().stream()
                .map(SmtpReply::ofSession)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** True when the server does not offer the encryption that is wanted. */
    static boolean wantsTls(Chain chain) {
        return chain.links().stream()
                .anyMatch(link -> String.valueOf(link.getMessage()).startsWith("STARTTLS is required"));
    }

    /** True when the server closed the connection instead of a reply. */
    static boolean hungUp(Chain chain) {
        return chain.links().stream()
                .map(link -> String.valueOf(link.getMessage()))
                .anyMatch(message -> message.equals("[EOF]")
                        || message.matches("(?s)^Got bad greeting .*, response: (-1|\\[EOF])\\s*$"));
    }

    /** What it shows, in the words of routes/retries.yaml. */
    List<String> evidence() {
        if (ours) {
            return List.of("SMTP SENDER " + code);
        }
        return enhanced == null ? List.of("SMTP " + code) : List.of("SMTP " + enhanced, "SMTP " + code);
    }

    String reason() {
        return "SMTP " + code + (enhanced == null ? "" : " " + enhanced);
    }

    private static @Nullable SmtpReply of(Throwable refusal) {
        int code = code(refusal);
        if (code < FIRST_REFUSAL) {
            return null;
        }
        String said = String.valueOf(refusal.getMessage());
        Matcher text = TEXT.matcher(said);
        String enhanced = text.find() ? text.group(2) : null;
        return new SmtpReply(code, enhanced, isOfSender(refusal), saysNobodyThere(refusal, enhanced, said));
    }

    private static boolean saysNobodyThere(Throwable refusal, @Nullable String enhanced, String said) {
        return refusal instanceof SMTPAddressFailedException recipient
                && NobodyThere.says(
                        enhanced, said, Set.of(recipient.getAddress().getAddress()));
    }

    private static boolean isOfSender(Throwable refusal) {
        return refusal instanceof SMTPSenderFailedException
                || (refusal instanceof SMTPSendFailedException send
                        && String.valueOf(send.getCommand()).startsWith("MAIL"));
    }

    /** A refusal before any message, which only the exception's text holds: of the greeting, of TLS, of a login. */
    private static @Nullable SmtpReply ofSession(Throwable refusal) {
        if (!(refusal instanceof MessagingException)) {
            return null;
        }
        String message = String.valueOf(refusal.getMessage());
        Matcher greeting = GREETING.matcher(message);
        Matcher text = TEXT.matcher(greeting.find() ? greeting.group(1) : message);
        if (!text.find()) {
            return null;
        }
        int code = Integer.parseInt(text.group(1));
        boolean forGood = code >= FIRST_PERMANENT;
        boolean login = forGood && refusal instanceof AuthenticationFailedException;
        return code < FIRST_REFUSAL || login ? null : new SmtpReply(code, text.group(2), forGood, false);
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
