package camelbell.message;

import camelbell.model.StartRefused;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the words come from.
 *
 * @param routes the folder that holds routes and templates, a Spring resource location
 * @param locale the language of people who have none on file, or one without words
 * @param ticketUrl link to a ticket; {@code {id}} becomes its number. Errors: without it the start fails
 */
@ConfigurationProperties("camelbell")
record MessageProperties(String routes, Locale locale, String ticketUrl) {

    MessageProperties {
        if (!ticketUrl.contains("{id}") || !ticketUrl.matches("https?://[^\\s\"<>]+")) {
            throw new StartRefused("camelbell.ticket-url is \"" + ticketUrl
                    + "\"; it must be an http or https address with {id} where the ticket's number goes.");
        }
    }

    String linkTo(long ticket) {
        return ticketUrl.replace("{id}", Long.toString(ticket));
    }
}
