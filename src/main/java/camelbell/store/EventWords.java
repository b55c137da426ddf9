package camelbell.store;

import camelbell.model.Plan;
import camelbell.model.Wording;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of an event as they stand in its row: its own in columns, further ones as JSON, null where there are none. */
final class EventWords {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<Wording>> WORDINGS = new TypeReference<>() {};

    private EventWords() {}

    /** The further ones; null for none. */
    static @Nullable String json(Plan plan) {
        if (plan.words().size() == 1) {
            return null;
        }
        try {
            return JSON.writeValueAsString(plan.words().subList(1, plan.words().size()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts are always JSON", e);
        }
    }

    /** All of them by their numbers. */
    static List<Wording> of(ResultSet row) throws SQLException {
        List<Wording> words = new ArrayList<>();
        words.add(new Wording(row.getString("subject"), row.getString("message"), row.getString("type")));
        String further = row.getString("words");
        if (further != null) {
            try {
                words.addAll(JSON.readValue(further, WORDINGS));
            } catch (JsonProcessingException e) {
                throw new SQLException("ticket_event.words is no list of words", e);
            }
        }
        return words;
    }
}
