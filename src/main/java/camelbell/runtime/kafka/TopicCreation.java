package camelbell.runtime.kafka;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Has the missing topics created while the rest of the hub starts; nobody waits for it. */
@Component
class TopicCreation implements InitializingBean {

    private final KafkaTopics topics;

    TopicCreation(KafkaTopics topics) {
        this.topics = topics;
    }

    @Override
    public void afterPropertiesSet() {
        topics.createMissing();
    }
}
