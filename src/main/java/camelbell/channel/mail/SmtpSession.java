package camelbell.channel.mail;

import camelbell.channel.Deadlines;
import camelbell.channel.TrustedAuthorities;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import javax.net.SocketFactory;

/** The mail library's settings, from ours. */
final class SmtpSession {

    private SmtpSession() {}

    /** @param international for mails to addresses beyond ASCII, whose headers and commands are then UTF-8 */
    static Session of(MailProperties mail, SocketFactory sockets, boolean international) {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.mime.allowutf8", String.valueOf(international));
        properties.put("mail.smtp.from", mail.envelopeSender());
        properties.put("mail.smtp.auth", String.valueOf(mail.authenticates()));
        properties.put("mail.smtp.connectiontimeout", millis(mail.connectTimeout()));
        properties.put("mail.smtp.timeout", millis(mail.readTimeout()));
        properties.put("mail.smtp.writetimeout", millis(mail.writeTimeout()));
        // else the library starts a thread for each connection
        properties.put("mail.smtp.executor.writetimeout", Deadlines.TIMER);
        properties.put("mail.smtp.ssl.enable", String.valueOf(mail.tlsFromTheStart()));
        properties.put("mail.smtp.starttls.enable", String.valueOf(mail.starttls()));
        properties.put("mail.smtp.starttls.required", String.valueOf(mail.starttls()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (!mail.trust().isBlank()) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    new WatchedTls(TrustedAuthorities.in("camelbell.mail.trust", mail.trust())
                            .getSocketFactory()));
        }
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.socketFactory", sockets);
        // without this a failed connection would be tried again by the JDK's own sockets, which nobody watches
        properties.put("mail.smtp.socketFactory.fallback", "false");
        return Session.getInstance(properties);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
