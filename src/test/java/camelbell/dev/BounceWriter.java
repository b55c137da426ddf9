package camelbell.dev;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Reports on mails as a mail server writes them (RFC 3464), for the embedded mailbox. */
final class BounceWriter {

    private BounceWriter() {}

    /**
     * A whole mail.
     *
     * @param action failed or delayed
     * @param code enhanced status code, such as 5.1.1
     */
    static String report(MimeMessage original, String to, String action, String code) throws MessagingException {
        return """
                Return-Path: <>
                From: Mail Delivery System <MAILER-DAEMON@localhost>
                To: bounces@localhost
                Subject: Undelivered Mail Returned to Sender
                Date: %s
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="=_report"

                --=_report
                Content-Type: text/plain; charset=us-ascii

                Your message could not be delivered yet, or never will be.

                --=_report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; localhost
                Arrival-Date: %s

                Final-Recipient: rfc822; %s
                Original-Recipient: rfc822;%s
                Action: %s
                Status: %s
                Diagnostic-Code: smtp; 550 %s embedded mailbox

                --=_report
                Content-Type: text/rfc822-headers

                From: %s
                To: %s
                Message-ID: %s
                Subject: as sent

                --=_report--
                """
                .formatted(
                        now(),
                        now(),
                        to,
                        to,
                        action,
                        code,
                        code,
                        original.getHeader("From", ","),
                        to,
                        original.getMessageID())
                .replace("\n", "\r\n");
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    }
}
