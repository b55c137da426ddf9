package camelbell.channel;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as the directory holds them, turned into the digits that the Cloud API wants. */
final class WhatsAppNumber {

    /** Digits and what people put between them. Letters are a mistake here, not a vanity number. */
    private static final Pattern WRITTEN = Pattern.compile("\\+?[0-9 ()./\\u00A0-]+");

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private WhatsAppNumber() {}

    /**
     * E.164 without the plus. Only the length for the country is checked: which numbers are in use, Meta knows better.
     *
     * @param region the country of numbers written without a country code; blank: there are none
     */
    static String digits(@Nullable String written, String region) {
        String number = written == null ? "" : written.strip();
        if (!WRITTEN.matcher(number).matches()) {
            throw new UnusableAddressException("not a phone number");
        }
        try {
            PhoneNumber parsed = NUMBERS.parse(international(number, region), region.isBlank() ? null : region);
            // a number without its area code is possible too, but only for neighbours; from afar it is nobody's
            if (NUMBERS.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE) {
                return NUMBERS.format(parsed, PhoneNumberFormat.E164).substring(1);
            }
        } catch (NumberParseException e) {
            throw new UnusableAddressException("not a phone number: " + e.getErrorType());
        }
        throw new UnusableAddressException("a phone number of the wrong length");
    }

    private static String international(String number, String region) {
        if (number.startsWith("+") || !region.isBlank()) {
            return number;
        }
        return "+" + (number.startsWith("00") ? number.substring(2) : number);
    }
}
