package camelbell.message;

import camelbell.model.Current;
import camelbell.model.Policy;
import org.springframework.core.io.support.ResourcePatternResolver;

/** All that messages are written with, of one version. */
record Texts(Vocabulary vocabulary, Layout layout, WhatsAppTemplates templates) implements Current<Texts> {

    /** Errors: whatever is wrong with one of the files, or does not fit the policy. */
    static Texts read(MessageProperties properties, Policy policy, ResourcePatternResolver resources) {
        return new Texts(
                new Vocabulary(properties, policy, resources),
                new Layout(properties, resources),
                new WhatsAppTemplates(
                        resources.getResource(properties.routes() + "/whatsapp-templates.yaml"), properties, policy));
    }

    @Override
    public Texts now() {
        return this;
    }
}
