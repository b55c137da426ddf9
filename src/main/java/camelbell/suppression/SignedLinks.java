package camelbell.suppression;

import camelbell.model.Channel;
import camelbell.model.Person;
import camelbell.model.UnsubscribeLinks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Unsubscribe links below the hub's public address. */
@Component("unsubscribeLinks")
class SignedLinks implements UnsubscribeLinks {

    /** As routes/86-unsubscribe.camel.yaml has it. */
    static final String PATH = "/u/";

    private final String base;
    private final UnsubscribeTokens tokens;

    SignedLinks(PublicUrl url, UnsubscribeTokens tokens) {
        this.base = url.publicUrl();
        this.tokens = tokens;
    }

    @Override
    public @Nullable String link(Person person, Channel channel) {
        return base.isEmpty()
                ? null
                : base + PATH + tokens.write(new UnsubscribeTokens.Subscription(person.id(), channel.code()));
    }
}
