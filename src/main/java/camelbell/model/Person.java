package camelbell.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the directory.
 *
 * @param contacts address fields by their name in the {@code users} topic, such as {@code email} and
 *     {@code whatsapp_number}; blank ones are absent
 * @param locale BCP 47 tag for the words of messages, or null for the default
 * @param groups names of the groups that the person is in, sorted, each once
 */
public record Person(
        long id,
        String username,
        String name,
        String role,
        boolean active,
        @Nullable String locale,
        @Nullable String timeZone,
        Map<String, String> contacts,
        List<String> groups) {

    /** In no group. */
    public Person(
            long id,
            String username,
            String name,
            String role,
            boolean active,
            @Nullable String locale,
            @Nullable String timeZone,
            Map<String, String> contacts) {
        this(id, username, name, role, active, locale, timeZone, contacts, List.of());
    }

    /** Somebody whom the directory does not have any more: known by id, reachable nowhere. */
    public static Person gone(long id) {
        return new Person(id, "", "", "", false, null, null, Map.of());
    }

    /** The name a reader sees; the user name where no name is on file, as the Django reference does. */
    public String displayName() {
        return name.isBlank() ? username : name;
    }

    /** Where this channel reaches the person, or null when no address is on file. */
    public @Nullable String addressOn(Channel channel) {
        return channel.addressField() == null ? null : contacts.get(channel.addressField());
    }

    /** Addresses, some of which are secrets (a webhook of one's own), must not get into a log by way of the record. */
    @Override
    public String toString() {
        return "Person[id=" + id + "]";
    }
}
