package camelbell.address;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a mail server's refusal says for sure that there is nobody at the address. Servers use one code for both, so a code
 * that says so is believed only as long as neither the words nor another code speak of the sender, of rules or of a full mailbox.
 * Source: RFC 3463 and RFC 5321 section 4.2.3 for codes; words as servers in use write them.
 */
public final class NobodyThere {

    /** No such mailbox, no such domain, no possible name, moved away, a domain that takes no mail (RFC 7505). */
    private static final Set<String> SURE = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");

    /** These say nothing at all, so that the words decide. */
    private static final Set<String> OPEN = Set.of("5.0.0", "5.1.0");

    /** Of an address: no such mailbox, elsewhere, no such name, failed, a domain that takes no mail. */
    private static final Set<String> REPLIES = Set.of("550", "551", "553", "554", "556");

    private static final Pattern CODE = Pattern.compile("(?<![0-9.])[245]\\.[0-9]{1,3}\\.[0-9]{1,3}(?![0-9]|\\.[0-9])");
    private static final Pattern REPLY = Pattern.compile("(?<![0-9./])([245][0-9]{2})(?=[ -]|$)");
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s<>\"'`();:,\\[\\]]{1,64}@[^\\s<>\"'`();:,\\[\\]]{1,255}(?<![.!?])");

    /** A relay's own words before those of the server, whose name means nothing. */
    private static final Pattern WHO_SAID = Pattern.compile("\\bhost [\\w.-]{1,255} ?\\[[^\\]\\s]{1,64}](?: said)?:");

    private static final Pattern LINK = Pattern.compile("\\bhttps?://\\S+");

    private static final Pattern OTHER_REASONS =
            Pattern.compile("\\b(?:sender|return.?path|(?:mail|envelope) from|from address|spf"
                    + "|dkim|dmarc|reputation|(?:black|block|deny)[ -]?list\\w*|block(?:ed|ing)|(?<!not )listed (?:at|by|in|on)"
                    + "|rbl|dnsbl|spam\\w*|junk|unsolicited|relaying|relay (?:access|not|denied|prohibited)|(?:not|to) relay"
                    + "|polic(?:y|ies)|unauthenticated|authentication|not authori[sz]ed|access denied|reverse dns|rdns|ptr|helo|ehlo"
                    + "|(?:your|client|sending|connecting) (?:ip|host|server|domain|network)|ip address|too many|rate limit\\w*"
                    + "|not accepting|quota|full|virus|malware|attachment|content|temporar\\w+|gr[ae]ylist\\w*|banned|suspicious"
                    + "|surbl|uribl|dbl|barracudacentral|dynamic|encrypt\\w*|authenticate|local rules|verif(?:y|ication) failed"
                    + "|unverified|timed out|try again|size|disabled|deactivated|suspended|inactive)\\b");

    private static final Pattern NOBODY = Pattern.compile("\\b(?:"
            + "(?:unknown|invalid|no such|non-?existent) (?:user|mailbox|recipient|account|addressee|local part)"
            + "|no such (?:person|address)"
            + "|(?:user|mailbox|recipient|account)(?: name)?(?: is| was)? (?:unknown|not found|invalid|non-?existent)"
            + "|(?:user|mailbox|recipient|account)\\b.{0,60}? (?:does not exist|doesn't exist|no longer exists|not listed in)"
            + "|user (?:does not|doesn't) have an? .{0,40}account"
            + "|no mailbox (?:here )?(?:by|with) that name)\\b");

    private static final int MOST_WORDS = 4096;

    private NobodyThere() {}

    /**
     * True only for a refusal that no later mail to the address would escape.
     *
     * @param status enhanced code that was given beside the words, or null
     * @param said the server's reply, whatever is in it
     * @param addresses the recipient's, as far as it is known: a reply that names others only is about others
     */
    public static boolean says(@Nullable String status, String said, Collection<String> addresses) {
        String words = said.substring(0, Math.min(said.length(), MOST_WORDS))
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
        String answer = WHO_SAID.matcher(words).replaceAll("");
        String nameless = ADDRESS.matcher(answer).replaceAll("");
        boolean outspoken = NOBODY.matcher(nameless).find();
        Matcher reply = REPLY.matcher(nameless);
        if (OTHER_REASONS
                        .matcher(outspoken ? LINK.matcher(nameless).replaceAll("") : nameless)
                        .find()
                || (reply.find() && !REPLIES.contains(reply.group(1)))
                || isAboutOthers(answer, addresses)) {
            return false;
        }
        boolean sure = status != null && SURE.contains(status);
        boolean agreed = sure || status == null || OPEN.contains(status);
        for (Matcher code = CODE.matcher(nameless); code.find(); ) {
            sure |= SURE.contains(code.group());
            agreed &= SURE.contains(code.group()) || OPEN.contains(code.group());
        }
        return agreed && (sure || outspoken);
    }

    /** The first enhanced status code in a text, which is no part of an IP address; null where there is none. */
    public static @Nullable String code(String text) {
        Matcher code = CODE.matcher(text);
        return code.find() ? code.group() : null;
    }

    private static boolean isAboutOthers(String words, Collection<String> addresses) {
        boolean others = false;
        for (Matcher named = ADDRESS.matcher(words); named.find(); ) {
            String address = MailAddresses.comparable(named.group());
            if (addresses.stream().map(MailAddresses::comparable).anyMatch(address::equals)) {
                return false;
            }
            others = true;
        }
        return others && !addresses.isEmpty();
    }
}
