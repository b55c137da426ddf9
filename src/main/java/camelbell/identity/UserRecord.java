package camelbell.identity;

import camelbell.model.Person;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One record of the users topic as a person. Every text field that is not the person's own is kept as a contact. */
final class UserRecord {

    private static final Set<String> ROLES = Set.of("ADMIN", "CLIENT", "DEVELOPER");
    private static final Set<String> OWN_FIELDS =
            Set.of("id", "username", "name", "role", "active", "locale", "time_zone");
    private static final int MAX_TEXT = 1000;

    /** As of an event. A tree of objects is some ten times as large as its text. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;

    private UserRecord(JsonNode node) {
        this.node = node;
    }

    /** The person, or a {@link MalformedUserException} that names the field. */
    static Person person(byte[] value) {
        UserRecord fields = new UserRecord(object(value));
        return new Person(
                id(fields.node.get("id")),
                fields.text("username"),
                fields.text("name"),
                fields.role(),
                fields.active(),
                fields.optional("locale"),
                fields.optional("time_zone"),
                fields.contacts());
    }

    private static JsonNode object(byte[] value) {
        if (value.length > MAX_BYTES) {
            throw new MalformedUserException("", value.length + " bytes; at most " + MAX_BYTES + " are taken");
        }
        try {
            JsonNode node = JSON.readTree(value);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // said below: the parser's words may quote personal data
        }
        throw new MalformedUserException("", "not one JSON object");
    }

    private static long id(@Nullable JsonNode id) {
        if (id == null || !id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 1) {
            throw new MalformedUserException("/id", "must be a whole number from 1 to 2^63-1");
        }
        return id.longValue();
    }

    private String role() {
        String role = text("role");
        if (!ROLES.contains(role)) {
            throw new MalformedUserException("/role", "must be one of " + ROLES);
        }
        return role;
    }

    private boolean active() {
        JsonNode active = node.get("active");
        if (active == null || active.isNull()) {
            return true;
        }
        if (!active.isBoolean()) {
            throw new MalformedUserException("/active", "must be true or false");
        }
        return active.booleanValue();
    }

    private String text(String name) {
        String value = optional(name);
        if (value == null) {
            boolean empty = node.path(name).isTextual();
            if (empty && name.equals("name")) {
                return ""; // the reference shows the user name then
            }
            throw new MalformedUserException("/" + name, "is required");
        }
        return value;
    }

    /** The text without NUL and surrounding blanks; null when absent, null or blank. */
    private @Nullable String optional(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > MAX_TEXT) {
            throw new MalformedUserException("/" + name, "must be a string of at most " + MAX_TEXT + " characters");
        }
        String text = value.textValue().replace("\0", "").strip();
        return text.isEmpty() ? null : text;
    }

    private Map<String, String> contacts() {
        Map<String, String> contacts = new TreeMap<>();
        node.fieldNames().forEachRemaining(name -> {
            boolean known = name.equals("email") || name.equals("whatsapp_number");
            if (known || (!OWN_FIELDS.contains(name) && node.get(name).isTextual())) {
                String value = optional(name);
                if (value != null) {
                    contacts.put(name.replace("\0", ""), value); // the database takes none in names either
                }
            }
        });
        return contacts;
    }
}
