package camelbell.it;

/** Changes of the shipped routes folder that a hub takes while it runs, and such that it refuses. */
final class SavedVersions {

    private static final String ENGLISH = "templates/words/en.yaml";
    private static final String MAIL = "50-channel-mail.camel.yaml";

    /** File, what stands there, what is saved instead, with a place for a mark that makes each of them another one. */
    static final String[][] GOOD = {
        {ENGLISH, "Your ticket has been opened:", "Your ticket is %s:"},
        {"policy.yaml", "Your ticket has been opened:", "Your ticket is %s:"},
        {"retries.yaml", "max-age: 24h", "max-age: 23h # %s"},
        {MAIL, "description: Write one e-mail and submit it", "description: Write one e-mail %s"},
        {"45-channel.camel.yaml", "description: Try one person's delivery once and settle it", "description: Try %s"},
        {"10-ticket-events.camel.yaml", "description: Take ticket events from Kafka, batch by batch", "description: %s"
        },
        {"60-settle.camel.yaml", "description: Write outcomes as soon as there are any", "description: Write out %s"},
        {"30-record.camel.yaml", "description: Write a portion of a batch in one transaction", "description: Write %s"},
        {"40-dispatch.camel.yaml", "description: Hand a batch over and return at once", "description: Hand over %s"},
        {
            "80-api.camel.yaml",
            "group: api\n    description: Count the unread ones",
            "group: api\n    description: Count %s"
        },
        {
            "85-announcements.camel.yaml",
            "description: Wake this node's sockets, then tell the other nodes",
            "description: %s"
        },
        {"14-slices.camel.yaml", "description: Write slices that are due", "description: %s"},
    };

    static final String[][] BROKEN = {
        {"policy.yaml", "tell: [admins]", "tell: [admns]"},
        {"policy.yaml", "events:\n", "events:\n  - x: [\n"},
        {ENGLISH, "Your ticket has been opened: {title}", "Your ticket has been opened: {titel}"},
        {"retries.yaml", "max-age: 24h", "max-age: soon"},
        {MAIL, "ref: mailWriter", "ref: mailWritr"},
        {"45-channel.camel.yaml", "ref: admission", "ref: admision"},
        {
            "10-ticket-events.camel.yaml",
            "- setProperty:\n            id: ticket-events-keep-batch",
            "- setPropety:\n            id: ticket-events-keep-batch"
        },
        {"60-settle.camel.yaml", "ref: outcomeQueue", "ref: outcomeQueu"},
        {"templates/mail.txt", "{{ sentence", "{{ sentense"},
        {"whatsapp-templates.yaml", "ticket_opened:", "ticket_opned:"},
    };

    private SavedVersions() {}
}
