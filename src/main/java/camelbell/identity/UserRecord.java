package camelbell.identity;

import camelbell.model.Person;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One record of the users topic as a person. Every text field that is not the person's own is kept as a contact, up to a
 * bound: the directory is in the memory of every node. Only the id and the three required texts can make a record
 * unusable; an optional field that is not as the contract says is left out.
 */
final class UserRecord {

    private static final Set<String> ROLES = Set.of("ADMIN", "CLIENT", "DEVELOPER");
    private static final Set<String> KNOWN_CONTACTS = Set.of("email", "whatsapp_number");
    private static final Set<String> OWN_FIELDS =
            Set.of("id", "username", "name", "role", "active", "locale", "time_zone", "groups");
    private static final int MAX_TEXT = 1000;

    /** As of an event. A tree of objects is some ten times as large as its text. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_FURTHER = 50;
    private static final int MAX_CONTACT_NAME = 100;
    private static final int MAX_GROUPS = 100;

    /** The index over groups holds no longer ones. */
    private static final int MAX_GROUP_NAME = 200;

    /** Strict where leniency would let two readers see two different people: one of them an administrator, or active. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private final Set<String> leftOut = new LinkedHashSet<>();

    private UserRecord(JsonNode node) {
        this.node = node;
    }

    /**
     * What a record says.
     *
     * @param leftOut JSON pointers of optional fields that are not as the contract says; a field whose name is not the
     *     contract's is called "/*", because such names may be anything
     */
    record Read(Person person, List<String> leftOut) {}

    /** Errors: {@link MalformedUserException}, which names the field. */
    static Read read(byte[] value) {
        UserRecord fields = new UserRecord(object(value));
        Person person = new Person(
                id(fields.node.get("id")),
                fields.text("username"),
                fields.text("name"),
                fields.role(),
                fields.active(),
                fields.optional("locale"),
                fields.optional("time_zone"),
                fields.contacts(),
                fields.groups());
        return new Read(person, List.copyOf(fields.leftOut));
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
        throw new MalformedUserException("", "not one JSON object, each of its keys once");
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

    /** An ill-typed one is no permission to tell somebody anything. */
    private boolean active() {
        JsonNode active = node.get("active");
        if (isAbsent(active) || active.isBoolean()) {
            return isAbsent(active) || active.booleanValue();
        }
        leftOut.add("/active");
        return false;
    }

    private String text(String name) {
        JsonNode value = node.get(name);
        if (isAbsent(value)) {
            throw new MalformedUserException("/" + name, "is required");
        }
        if (!isText(value)) {
            throw new MalformedUserException("/" + name, "must be a string of at most " + MAX_TEXT + " characters");
        }
        String text = clean(value.textValue());
        if (text.isEmpty() && !name.equals("name")) { // the reference shows the user name where the name is empty
            throw new MalformedUserException("/" + name, "is required");
        }
        return text;
    }

    /** Null when absent, null, blank or left out. */
    private @Nullable String optional(String name) {
        JsonNode value = node.get(name);
        if (isAbsent(value)) {
            return null;
        }
        if (!isText(value)) {
            leftOut.add("/" + name);
            return null;
        }
        String text = clean(value.textValue());
        return text.isEmpty() ? null : text;
    }

    private Map<String, String> contacts() {
        Map<String, String> contacts = new TreeMap<>();
        for (String name : KNOWN_CONTACTS) {
            String value = optional(name);
            if (value != null) {
                contacts.put(name, value);
            }
        }
        int most = contacts.size() + MAX_FURTHER;
        node.properties().forEach(field -> {
            boolean own = OWN_FIELDS.contains(field.getKey()) || KNOWN_CONTACTS.contains(field.getKey());
            if (!own && field.getValue().isTextual()) {
                addOther(field.getKey().replace("\0", ""), field.getValue(), contacts, most); // the database takes none
            }
        });
        return contacts;
    }

    private void addOther(String name, JsonNode value, Map<String, String> contacts, int most) {
        boolean fits = contacts.size() < most || contacts.containsKey(name);
        if (!isText(value) || name.length() > MAX_CONTACT_NAME || !fits) {
            leftOut.add("/*");
            return;
        }
        String text = clean(value.textValue());
        if (!text.isEmpty()) {
            contacts.put(name, text);
        }
    }

    /** None of them when one is no name: half of a list would tell some and not others without a word. */
    private List<String> groups() {
        JsonNode groups = node.get("groups");
        if (isAbsent(groups)) {
            return List.of();
        }
        Set<String> names = new TreeSet<>();
        for (JsonNode name : groups) {
            String text = name.isTextual() ? clean(name.textValue()) : "";
            if (!name.isTextual() || text.length() > MAX_GROUP_NAME) {
                leftOut.add("/groups");
                return List.of();
            }
            names.add(text);
        }
        names.remove("");
        if (!groups.isArray() || names.size() > MAX_GROUPS) {
            leftOut.add("/groups");
            return List.of();
        }
        return List.copyOf(names);
    }

    private static boolean isAbsent(@Nullable JsonNode value) {
        return value == null || value.isNull();
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && value.textValue().length() <= MAX_TEXT;
    }

    private static String clean(String text) {
        return text.replace("\0", "").strip();
    }
}
