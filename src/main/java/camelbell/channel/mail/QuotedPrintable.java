package camelbell.channel.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The encoding for text that is ASCII for the most part. Source: RFC 2045 §6.7. */
final class QuotedPrintable {

    /** Characters of a line of an encoded text, without its end. */
    static final int LONGEST_LINE = 76;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final int ENCODED = 3;

    private QuotedPrintable() {}

    /** Of a text whose lines end with CRLF. Plain loops over arrays: this is what a mail costs most. */
    static byte[] encode(byte[] text) {
        byte[] out = new byte[atMost(text)];
        int length = 0;
        int inLine = 0;
        for (int at = 0; at < text.length; at++) {
            byte one = text[at];
            if (one == '\r' && endsLine(text, at)) {
                out[length++] = '\r';
                out[length++] = '\n';
                inLine = 0;
                at++;
                continue;
            }
            boolean plain = isPlain(one, text, at + 1);
            inLine += plain ? 1 : ENCODED;
            if (inLine >= LONGEST_LINE) { // its last place is the soft line break's
                out[length++] = '=';
                out[length++] = '\r';
                out[length++] = '\n';
                inLine = plain ? 1 : ENCODED;
            }
            if (plain) {
                out[length++] = one;
            } else {
                out[length++] = '=';
                out[length++] = HEX[one >> 4 & 0xF];
                out[length++] = HEX[one & 0xF];
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** A soft line break comes after 73 characters at the earliest. */
    private static int atMost(byte[] text) {
        int encoded = text.length;
        for (byte one : text) {
            if ((one < '!' && one != '\n') || one > '~' || one == '=') {
                encoded += 2; // also of blanks and line ends, most of which stay as they are
            }
        }
        return encoded + encoded / (LONGEST_LINE - ENCODED) * ENCODED + ENCODED;
    }

    private static boolean endsLine(byte[] text, int at) {
        return at + 1 < text.length && text[at] == '\r' && text[at + 1] == '\n';
    }

    /** Whether it stands for itself; a blank does but at the end of a line. */
    private static boolean isPlain(byte one, byte[] text, int next) {
        return one > ' '
                ? one <= '~' && one != '='
                : (one == ' ' || one == '\t') && next < text.length && !endsLine(text, next);
    }
}
