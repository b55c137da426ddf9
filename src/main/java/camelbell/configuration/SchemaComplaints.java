package camelbell.configuration;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a JSON Schema found, in words for who edits the file, with what was meant where that can be guessed. */
final class SchemaComplaints {

    /** More keys than this are no help. */
    private static final int MOST_KEYS = 30;

    /** Of a path such as {@code $.channels.EMAIL.schedule[0]} or {@code /0/route/id}, what is no number. */
    private static final Pattern LAST_KEY = Pattern.compile("([A-Za-z][\\w-]*)(?:\\[\\d+]|/\\d+)*$");

    private final JsonSchema schema;
    private final Set<ValidationMessage> found;
    private final Set<String> slips = new HashSet<>();

    SchemaComplaints(JsonSchema schema, Set<ValidationMessage> found) {
        this.schema = schema;
        this.found = found;
        found.forEach(wrong -> {
            String meant = meantKey(wrong);
            if (meant != null) {
                slips.add(wrong.getInstanceLocation() + " " + meant);
            }
        });
    }

    /** Says each thing once: a key that is only misspelt is not missed as well. */
    void tell(CheckedYaml yaml) {
        for (ValidationMessage wrong : found) {
            String property = String.valueOf(wrong.getProperty());
            switch (wrong.getType()) {
                case "additionalProperties" -> yaml.errorAtKey(
                        wrong.getInstanceNode(), property, "no key " + property + " here" + guess(wrong, property));
                case "required" -> {
                    if (!slips.contains(wrong.getInstanceLocation() + " " + property)) {
                        yaml.error(wrong.getInstanceNode(), "no key " + property + ", which is due here");
                    }
                }
                default -> yaml.errorOf(
                        pointer(wrong), wrong.getInstanceNode(), sentence(wrong) + guess(wrong, property));
            }
        }
    }

    /** With the key alone of the path, for the line says where it is, and with the value where its form is wrong. */
    private static String sentence(ValidationMessage wrong) {
        String path = wrong.getInstanceLocation() + ": ";
        String message =
                wrong.getMessage().startsWith(path) ? wrong.getMessage().substring(path.length()) : wrong.getMessage();
        JsonNode found = wrong.getInstanceNode();
        if (found != null && found.isNull()) {
            return key(wrong) + " holds nothing";
        }
        String value = found != null && found.isValueNode() ? " is \"" + found.asText() + "\": " : " ";
        return key(wrong) + value + message;
    }

    private static String key(ValidationMessage wrong) {
        Matcher key = LAST_KEY.matcher(String.valueOf(wrong.getInstanceLocation()));
        return key.find() ? key.group(1) : "the file";
    }

    private static JsonPointer pointer(ValidationMessage wrong) {
        JsonPointer pointer = JsonPointer.empty();
        for (int i = 0; i < wrong.getInstanceLocation().getNameCount(); i++) {
            Object name = wrong.getInstanceLocation().getElement(i);
            pointer = name instanceof Integer index
                    ? pointer.appendIndex(index)
                    : pointer.appendProperty(String.valueOf(name));
        }
        return pointer;
    }

    private String guess(ValidationMessage wrong, String property) {
        if ("additionalProperties".equals(wrong.getType())) {
            Collection<String> keys = keys(wrong);
            String meant = Meant.by(property, keys);
            return meant.isEmpty() && !keys.isEmpty() && keys.size() <= MOST_KEYS ? "; keys are " + keys : meant;
        }
        if ("enum".equals(wrong.getType())) {
            Collection<String> words = new TreeSet<>();
            wrong.getSchemaNode().forEach(word -> words.add(word.asText()));
            return Meant.by(wrong.getInstanceNode().asText(), words);
        }
        return "";
    }

    private @Nullable String meantKey(ValidationMessage wrong) {
        return "additionalProperties".equals(wrong.getType())
                ? Meant.closest(String.valueOf(wrong.getProperty()), keys(wrong))
                        .orElse(null)
                : null;
    }

    private Collection<String> keys(ValidationMessage wrong) {
        Collection<String> keys = new TreeSet<>();
        JsonNode properties = schema.getSchemaNode()
                .at(wrong.getSchemaLocation().getFragment().getParent() + "/properties");
        properties.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
