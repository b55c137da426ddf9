package camelbell.receipt;

import camelbell.address.MailAddresses;
import camelbell.address.NobodyThere;
import camelbell.model.Bounce.Kind;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of one recipient (RFC 3464 section 2.3). Where Status is missing or says nothing, the server's own
 * words in Diagnostic-Code have the code.
 *
 * @param status as the field of that name has it
 * @param code the most telling of those that it has
 * @param addresses of the final recipient, else of the original one: with a forwarded mail, the address that failed; none
 *     where the report has none
 * @param words what the server said
 */
record RecipientReport(Kind kind, @Nullable String status, String code, Set<String> addresses, String words) {

    private static final Map<String, Kind> ACTIONS =
            Map.of("failed", Kind.FAILED, "delayed", Kind.DELAYED, "delivered", Kind.DELIVERED);
    private static final Map<Character, Kind> CLASSES = Map.of('5', Kind.FAILED, '4', Kind.DELAYED);
    private static final Map<Kind, String> UNSAID =
            Map.of(Kind.FAILED, "5.0.0", Kind.DELAYED, "4.0.0", Kind.DELIVERED, "2.0.0");

    private static final Pattern ACTION = Pattern.compile("^[a-z]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");
    private static final int MOST_ADDRESSES = 20;

    /** Null where nothing follows from what it says. */
    static @Nullable RecipientReport of(Map<String, String> fields) {
        String words = words(fields);
        String status = NobodyThere.code(fields.getOrDefault("status", ""));
        Matcher action = ACTION.matcher(fields.getOrDefault("action", ""));
        Kind kind = action.find()
                ? ACTIONS.get(action.group().toLowerCase(Locale.ROOT))
                : status == null ? null : CLASSES.get(status.charAt(0));
        if (kind == null) {
            return null;
        }
        Set<String> named = addresses(fields.getOrDefault("final-recipient", ""));
        return new RecipientReport(
                kind,
                status,
                code(kind, status, words),
                named.isEmpty() ? addresses(fields.getOrDefault("original-recipient", "")) : named,
                words);
    }

    boolean isAbout(Set<String> others) {
        return addresses.stream()
                .map(MailAddresses::comparable)
                .anyMatch(others.stream().map(MailAddresses::comparable).collect(Collectors.toSet())::contains);
    }

    /** The addresses in a field such as {@code rfc822; ann@example.org}; none where it holds no address. */
    static Set<String> addresses(String field) {
        String text = unescaped(field.substring(field.indexOf(';') + 1).strip());
        try {
            return Arrays.stream(InternetAddress.parse(text, false))
                    .map(address -> String.valueOf(address.getAddress()).toLowerCase(Locale.ROOT))
                    .filter(address -> address.indexOf('@') > 0)
                    .limit(MOST_ADDRESSES)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (AddressException notAnAddress) {
            return Set.of();
        }
    }

    private static String code(Kind kind, @Nullable String status, String words) {
        String said = NobodyThere.code(words);
        if (status == null) {
            return said == null ? UNSAID.getOrDefault(kind, "") : said;
        }
        boolean tellsNothing = status.endsWith(".0.0");
        return tellsNothing && said != null && said.charAt(0) == status.charAt(0) ? said : status;
    }

    /** Without its type ({@code smtp;}). Some servers have a field of their own for it, which begins with a summary. */
    private static String words(Map<String, String> fields) {
        String said = fields.getOrDefault("diagnostic-code", fields.getOrDefault("x-supplementary-info", ""));
        return said.substring(said.indexOf(';') + 1).strip();
    }

    /** RFC 6533 section 3: how an address beyond ASCII is written in a report that is ASCII. */
    private static String unescaped(String address) {
        return ESCAPED.matcher(address).replaceAll(escape -> {
            int character = Integer.parseInt(escape.group(1), 16);
            return Character.isValidCodePoint(character)
                    ? Matcher.quoteReplacement(Character.toString(character))
                    : "?";
        });
    }
}
