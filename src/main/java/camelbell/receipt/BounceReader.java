package camelbell.receipt;

import camelbell.address.NobodyThere;
import camelbell.model.Bounce;
import camelbell.model.Bounce.Kind;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the reports of mail servers (RFC 3464, RFC 5965, and those for people alone). Whatever else comes to the mailbox, however broken or large, is counted in
 * {@code camelbell.bounces} and left alone: nothing that a stranger writes may hold up the mailbox.
 */
@Component("bounceReader")
class BounceReader {

    private static final Logger LOG = LoggerFactory.getLogger(BounceReader.class);

    private static final Pattern OURS = Pattern.compile("<notification-([1-9][0-9]{0,17})@[^<>\\s\\p{Cntrl}]{1,255}>");
    private static final Pattern COMPLAINT = Pattern.compile("[A-Za-z-]{1,30}");
    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private final BounceCount count;
    private final Clock clock;

    BounceReader(BounceCount count, Clock clock) {
        this.count = count;
        this.clock = clock;
    }

    /** Empty for what is no report on a mail of ours. Errors: the mailbox cannot be read; the mail comes again then. */
    public List<Bounce> read(Message mail) throws MessagingException, IOException {
        byte[] bytes = MailBytes.of(mail);
        if (bytes == null) {
            return ignored("too_large");
        }
        try {
            ReportParts parts = ReportParts.of(new MimeMessage(NO_SESSION, new ByteArrayInputStream(bytes)));
            return parts == null ? ignored("no_report") : bounces(parts, at(parts.written()));
        } catch (MessagingException | IOException | RuntimeException | StackOverflowError broken) {
            LOG.debug("a mail in the bounce mailbox cannot be read exception={}", broken.getClass());
            return ignored("broken");
        }
    }

    private List<Bounce> bounces(ReportParts parts, Instant at) throws MessagingException {
        Matcher id = OURS.matcher(parts.messageId());
        if (!id.matches()) {
            return ignored("not_ours");
        }
        long notification = Long.parseLong(id.group(1));
        Set<String> to = RecipientReport.addresses(parts.to());
        String complaint = parts.complaint();
        if (complaint != null) {
            String type = COMPLAINT.matcher(complaint).matches() ? complaint.toLowerCase(Locale.ROOT) : "other";
            return List.of(new Bounce(notification, id.group(), Kind.COMPLAINED, type, to, false, at));
        }
        List<Bounce> bounces = reports(parts.recipients(), to).stream()
                .map(report -> {
                    Set<String> about = report.addresses().isEmpty() ? to : report.addresses();
                    boolean dead =
                            report.kind() == Kind.FAILED && NobodyThere.says(report.status(), report.words(), about);
                    return new Bounce(notification, id.group(), report.kind(), report.code(), about, dead, at);
                })
                .toList();
        return bounces.isEmpty() ? ignored("no_verdict") : bounces;
    }

    /**
     * Those on whom our mail was for: a relay may report on several mails at once. Where none names the person, the mail was
     * forwarded to others, and has arrived when one of them has it.
     */
    private static List<RecipientReport> reports(List<Map<String, String>> recipients, Set<String> to) {
        List<RecipientReport> all = recipients.stream()
                .map(RecipientReport::of)
                .filter(Objects::nonNull)
                .toList();
        List<RecipientReport> named =
                all.stream().filter(report -> report.isAbout(to)).toList();
        List<RecipientReport> ours = named.isEmpty() ? all : named;
        List<RecipientReport> arrived =
                ours.stream().filter(report -> report.kind() == Kind.DELIVERED).toList();
        return arrived.isEmpty() ? ours : arrived;
    }

    private List<Bounce> ignored(String result) {
        count.add(result, 1);
        return List.of();
    }

    /** The same whenever the report is read again, unless its date is none. */
    private Instant at(@Nullable Date written) {
        Instant now = clock.instant();
        Instant said = written == null ? Instant.MAX : written.toInstant();
        return said.isAfter(Instant.EPOCH) && said.isBefore(now) ? said : now;
    }
}
