package camelbell.recipient;

import camelbell.configuration.Meant;
import camelbell.model.Operators;
import camelbell.model.PolicyCondition;
import camelbell.model.PolicyCondition.Comparison;
import camelbell.model.PolicyCondition.Field;
import camelbell.model.PolicyCondition.Literal;
import camelbell.model.PolicyCondition.Operand;
import camelbell.model.PolicyCondition.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition, or says where it is none: comparisons of fields and literals, joined by {@code &&} or by {@code ||}.
 * Everything else that Simple knows is refused by not being known here: functions, methods, brackets, escapes, ternaries.
 */
final class ConditionParser {

    private static final int LONGEST = 2000;
    private static final Pattern FIELD = Pattern.compile("\\$\\{(event|ticket|person)\\.([a-z][a-z0-9_]*)}");
    private static final Pattern TEXT = Pattern.compile("'([^'\\\\\\p{Cntrl}]*)'|\"([^\"\\\\\\p{Cntrl}]*)\"");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?(?![^\\s])");
    private static final Pattern WORD = Pattern.compile("(true|false|null)(?![^\\s])");
    private static final Pattern OPERATOR = Pattern.compile("\\S+");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})\\.\\.([0-9]{1,18})");
    private static final Set<String> ORDER = Set.of(">", ">=", "<", "<=", "range", "!range");
    private static final Set<String> EQUALITY = Set.of("==", "!=", "=~", "!=~");

    /** That LOW comes behind HIGH in the alphabet is nothing that a rule could mean. */
    private static final Set<Operand> WITHOUT_ORDER = Set.of(
            new Field(Subject.TICKET, "priority"),
            new Field(Subject.TICKET, "category"),
            new Field(Subject.TICKET, "status"));

    private static final Set<Operand> LISTS =
            Set.of(new Field(Subject.EVENT, "assignees"), new Field(Subject.PERSON, "groups"));

    private static final Pattern NESTED = Pattern.compile("\\$(simple)?\\{");

    private final String text;
    private final ConditionFields fields;
    private final Operators operators;
    private int at;

    private ConditionParser(String text, ConditionFields fields, Operators operators) {
        this.text = text;
        this.fields = fields;
        this.operators = operators;
    }

    /** Errors: {@link ConditionRefused}, whose message says where, what and, as far as that can be guessed, what was meant. */
    static PolicyCondition parse(String text, ConditionFields fields, Operators operators) {
        if (text.length() > LONGEST) {
            throw new ConditionRefused("a condition has " + LONGEST + " characters at most");
        }
        return new ConditionParser(text, fields, operators).condition();
    }

    private PolicyCondition condition() {
        List<Comparison> comparisons = new ArrayList<>(List.of(comparison()));
        String joint = null;
        for (String next = joint(); next != null; next = joint()) {
            if (joint != null && !joint.equals(next)) {
                throw wrong("&& and || stand in one condition, and Simple has no parentheses to say what is meant; make"
                        + " two rules of it");
            }
            joint = next;
            comparisons.add(comparison());
        }
        return new PolicyCondition(text, !"||".equals(joint), List.copyOf(comparisons));
    }

    private @Nullable String joint() {
        space();
        if (at == text.length()) {
            return null;
        }
        for (String joint : List.of("&&", "||")) {
            if (text.startsWith(joint + " ", at)) {
                at += joint.length();
                return joint;
            }
        }
        throw wrong("&& or || is due here, with a space on both sides, or the end");
    }

    private Comparison comparison() {
        Operand left = operand();
        String operator = operator();
        int start = at;
        Operand right = operand();
        if (!(left instanceof Field) && !(right instanceof Field)) {
            throw wrong("a comparison needs a field on one side");
        }
        boolean range = operator.endsWith("range");
        if (range && !(right instanceof Literal literal && isRange(literal))) {
            at = start;
            throw wrong(operator + " needs two whole numbers, the smaller one first, such as '1..3'");
        }
        for (Operand side : List.of(left, right)) {
            if (ORDER.contains(operator) && (WITHOUT_ORDER.contains(side) || LISTS.contains(side))) {
                at = start;
                throw wrong(side + " has no order; see in and contains");
            }
        }
        if (EQUALITY.contains(operator) && (isListAndText(left, right) || isListAndText(right, left))) {
            at = start;
            throw wrong("a list equals no text; see contains");
        }
        if (operator.equals("in") || operator.equals("!in")) {
            right = list(right);
        }
        return new Comparison(left, operator, right);
    }

    private static boolean isRange(Literal literal) {
        Matcher range = RANGE.matcher(String.valueOf(literal.value()));
        return range.matches() && Long.parseLong(range.group(1)) <= Long.parseLong(range.group(2));
    }

    private static boolean isListAndText(Operand side, Operand other) {
        return LISTS.contains(side)
                && other instanceof Literal literal
                && literal.value() instanceof String text
                && !text.isEmpty();
    }

    private static Operand list(Operand right) {
        return right instanceof Literal literal && literal.value() instanceof String text
                ? new Literal(Arrays.stream(text.split(",")).map(String::strip).toList())
                : right;
    }

    private String operator() {
        if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            throw wrong("a space is due here");
        }
        space();
        Matcher operator = find(OPERATOR);
        if (operator == null) {
            throw wrong("what it is compared with is missing");
        }
        if (!operators.knows(operator.group())) {
            throw wrong("no operator " + operator.group() + refusal(operator.group()) + "; operators are "
                    + operators.all());
        }
        at = operator.end();
        if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            throw wrong("a space is due here");
        }
        return operator.group();
    }

    private String refusal(String operator) {
        return switch (operator) {
            case "=" -> "; did you mean ==?";
            case "<>" -> "; did you mean !=?";
            case "is", "!is" -> ": it would load classes";
            case "regex", "!regex" -> ": a title may be made so that a pattern takes hours; see contains and in";
            default -> operators.all().stream()
                    .filter(known ->
                            operator.startsWith(known) && !Character.isLetter(known.charAt(known.length() - 1)))
                    .max(Comparator.comparingInt(String::length))
                    .map(known -> "; a space is due behind " + known)
                    .orElseGet(() -> Meant.by(operator, operators.all()));
        };
    }

    private Operand operand() {
        space();
        Matcher field = find(FIELD);
        if (field != null) {
            Operand known = field(field);
            at = field.end();
            return known;
        }
        Matcher quoted = find(TEXT);
        if (quoted != null) {
            String value = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
            if (NESTED.matcher(value).find()) {
                throw wrong("a text holds no field; compare with the field itself, without quotes");
            }
            at = quoted.end();
            return new Literal(value);
        }
        Matcher number = find(NUMBER);
        if (number != null) {
            at = number.end();
            return new Literal(
                    number.group(1) == null ? (Object) Long.valueOf(number.group()) : Double.valueOf(number.group()));
        }
        Matcher word = find(WORD);
        if (word != null) {
            at = word.end();
            return new Literal(word.group().equals("null") ? null : Boolean.valueOf(word.group()));
        }
        throw wrong(noOperand());
    }

    private String noOperand() {
        String rest = text.substring(at);
        if (rest.isEmpty()) {
            return "a field or a literal is missing";
        }
        if (rest.startsWith("'") || rest.startsWith("\"")) {
            return rest.contains("\\") ? "no escapes in texts" : "the text has no end";
        }
        if (rest.startsWith("${")) {
            return "only ${event.…}, ${ticket.…} and ${person.…} with one name stand in conditions: no functions, methods,"
                    + " headers, properties or brackets";
        }
        return "a field such as ${ticket.priority}, a text in quotes, a number, true, false or null is due here";
    }

    private Field field(Matcher field) {
        Subject subject = Subject.valueOf(field.group(1).toUpperCase(Locale.ROOT));
        Collection<String> names = fields.of(subject);
        String name = field.group(2);
        if (!names.contains(name)) {
            throw wrong("no field " + name + " of " + subject.word() + Meant.by(name, names) + "; there are " + names
                    + ", and what stands under fields in this file");
        }
        return new Field(subject, name);
    }

    private @Nullable Matcher find(Pattern pattern) {
        Matcher found = pattern.matcher(text).region(at, text.length());
        return found.lookingAt() ? found : null;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private ConditionRefused wrong(String why) {
        return new ConditionRefused("at character " + (at + 1) + " of the condition: " + why);
    }
}
