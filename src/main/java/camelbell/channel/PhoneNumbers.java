package camelbell.channel;

import camelbell.model.Delivery;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Numbers as the directory holds them, turned into the digits that providers want: one spelling for each number. */
@Component("phoneNumbers")
public class PhoneNumbers {

    /** Digits and what people put between them. Letters are a mistake here, not a vanity number. */
    private static final Pattern WRITTEN = Pattern.compile("\\+?[0-9 ()./-]+");

    /** RFC 3966, and what some directories put there for the channel. */
    private static final Pattern SCHEME = Pattern.compile("(tel|whatsapp):", Pattern.CASE_INSENSITIVE);

    private static final int MINUS = 0x2212;
    private static final int MEXICO = 52;

    /** A mobile number with the 1 that was dropped in 2020, and that WhatsApp shows to this day. */
    private static final Pattern OLD_MEXICAN = Pattern.compile("1[0-9]{10}");

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** Reading one costs a tenth of what sending to it does, and most people are written to again. */
    private static final LoadingCache<Written, String> KNOWN = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build(PhoneNumbers::read);

    /** What is longer is no number that anybody wrote, and would only fill the memory. */
    private static final int LONGEST_KEPT = 64;

    private record Written(String number, String region) {}

    private final String region;

    PhoneNumbers(@Value("${camelbell.whatsapp.default-region}") String region) {
        this.region = region;
    }

    /** As providers of text messages want it: E.164 with the plus. Errors: {@link UnusableAddressException}. */
    public String e164(Delivery delivery) {
        return "+" + digits(delivery.address(), region);
    }

    /**
     * E.164 without the plus. Only the length for the country is checked: which numbers are in use, the provider knows better.
     *
     * @param region the country of numbers written without a country code; blank: there are none
     */
    public static String digits(@Nullable String written, String region) {
        Written given = new Written(written == null ? "" : written, region);
        return given.number().length() > LONGEST_KEPT ? read(given) : Objects.requireNonNull(KNOWN.get(given));
    }

    private static String read(Written given) {
        String written = given.number();
        String region = given.region();
        String number = plain(written);
        if (!WRITTEN.matcher(number).matches()) {
            throw new UnusableAddressException("not a phone number");
        }
        try {
            PhoneNumber parsed =
                    current(NUMBERS.parse(international(number, region), region.isBlank() ? null : region));
            // a number without its area code is possible too, but only for neighbours; from afar it is nobody's
            if (NUMBERS.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE) {
                return NUMBERS.format(parsed, PhoneNumberFormat.E164).substring(1);
            }
        } catch (NumberParseException e) {
            throw new UnusableAddressException("not a phone number: " + e.getErrorType());
        }
        throw new UnusableAddressException("a phone number of the wrong length");
    }

    /** In ASCII: copied numbers bring full-width signs, other scripts' digits, dashes of all lengths and invisible marks. */
    private static String plain(String written) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(written, Normalizer.Form.NFKC).codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.DECIMAL_DIGIT_NUMBER) {
                plain.append(Character.digit(c, 10));
            } else if (type == Character.DASH_PUNCTUATION || c == MINUS) {
                plain.append('-');
            } else if (Character.isSpaceChar(c) || Character.isWhitespace(c)) {
                plain.append(' ');
            } else if (type != Character.FORMAT) {
                plain.appendCodePoint(c);
            }
        });
        String number = plain.toString().strip();
        return SCHEME.matcher(number).lookingAt()
                ? number.substring(number.indexOf(':') + 1).strip()
                : number;
    }

    private static String international(String number, String region) {
        if (number.startsWith("+") || !region.isBlank()) {
            return number;
        }
        return "+" + (number.startsWith("00") ? number.substring(2) : number);
    }

    private static PhoneNumber current(PhoneNumber parsed) {
        String national = NUMBERS.getNationalSignificantNumber(parsed);
        if (parsed.getCountryCode() == MEXICO && OLD_MEXICAN.matcher(national).matches()) {
            return parsed.setNationalNumber(Long.parseLong(national.substring(1)));
        }
        return parsed;
    }
}
