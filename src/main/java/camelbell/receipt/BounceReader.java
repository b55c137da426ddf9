package camelbell.receipt;

import camelbell.model.Bounce;
import camelbell.model.Bounce.Kind;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads the reports of mail servers (RFC 3464). Whatever else comes to the mailbox, however broken or large, is counted in
 * {@code camelbell.bounces} and left alone: nothing that a stranger writes may hold up the mailbox.
 */
@Component("bounceReader")
class BounceReader {

    private static final Logger LOG = LoggerFactory.getLogger(BounceReader.class);

    private static final int MOST_RECIPIENTS = 20;
    private static final Pattern OURS = Pattern.compile("<notification-([1-9][0-9]{0,17})@[^<>\\s\\p{Cntrl}]{1,255}>");
    private static final Pattern CODE = Pattern.compile("\\b[245]\\.[0-9]{1,3}\\.[0-9]{1,3}\\b");
    private static final Map<String, Kind> ACTIONS =
            Map.of("failed", Kind.FAILED, "delayed", Kind.DELAYED, "delivered", Kind.DELIVERED);
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
        } catch (MessagingException | IOException | RuntimeException broken) {
            LOG.debug("a mail in the bounce mailbox cannot be read exception={}", broken.getClass());
            return ignored("broken");
        }
    }

    private List<Bounce> bounces(ReportParts parts, Instant at) throws MessagingException {
        Matcher id = OURS.matcher(first(parts.original(), "Message-ID"));
        if (!id.matches()) {
            return ignored("not_ours");
        }
        DeliveryStatus status = parts.status();
        List<Bounce> bounces = new ArrayList<>();
        for (int i = 0; i < Math.min(status.getRecipientDSNCount(), MOST_RECIPIENTS); i++) {
            InternetHeaders recipient = status.getRecipientDSN(i);
            Kind kind = ACTIONS.get(first(recipient, "Action").toLowerCase(Locale.ROOT));
            Matcher code = CODE.matcher(first(recipient, "Status"));
            if (kind != null && code.find()) {
                Set<String> addresses = new HashSet<>();
                addresses.addAll(ReportParts.addresses(first(recipient, "Original-Recipient")));
                addresses.addAll(ReportParts.addresses(first(recipient, "Final-Recipient")));
                addresses.addAll(ReportParts.addresses(first(parts.original(), "To")));
                bounces.add(new Bounce(
                        Long.parseLong(id.group(1)), id.group(), kind, code.group(), Set.copyOf(addresses), at));
            }
        }
        return bounces.isEmpty() ? ignored("no_verdict") : bounces;
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

    private static String first(InternetHeaders headers, String name) {
        String[] values = headers.getHeader(name);
        return values == null || values.length == 0 ? "" : values[0].strip();
    }
}
