package camelbell.message;

import camelbell.model.Current;
import camelbell.model.Policy;
import camelbell.model.Replaceable;
import camelbell.model.StageTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Hands out what messages are written with. */
@Configuration(proxyBeanMethods = false)
class MessageTables implements StageTables {

    private final MessageProperties properties;
    private final ResourcePatternResolver resources;
    private final Replaceable<Texts> texts;

    MessageTables(MessageProperties properties, ResourcePatternResolver resources, Current<Policy> policy) {
        this.properties = properties;
        this.resources = resources;
        texts = new Replaceable<>(Texts.read(properties, policy.now(), resources));
    }

    @Bean
    Replaceable<Texts> texts() {
        return texts;
    }

    @Override
    public Runnable read(Policy policy) {
        Texts next = Texts.read(properties, policy, resources);
        MailWriter.mustWrite(next, new MailValues(properties));
        UnsubscribePageWriter.mustWrite(next.vocabulary(), next.layout());
        return () -> texts.replace(next);
    }
}
