package camelbell.suppression;

import camelbell.address.MailAddresses;
import camelbell.model.Attempt;
import camelbell.model.Bounce;
import camelbell.model.Channel;
import camelbell.model.Current;
import camelbell.model.Delivery;
import camelbell.model.DeliveryOutcome.FailedForGood;
import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.Policy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Remembers addresses that a server has refused for good, so that the next mail to them is not even tried: relays are
 * judged by how often they write to mailboxes that do not exist. A new address in the directory is tried again. In its
 * callers' transactions.
 */
@Component("bouncedAddresses")
class BouncedAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(BouncedAddresses.class);

    private final SuppressionRows rows;
    private final StoredSuppressions suppressions;
    private final Directory directory;
    private final Current<Policy> policy;

    BouncedAddresses(
            SuppressionRows rows, StoredSuppressions suppressions, Directory directory, Current<Policy> policy) {
        this.rows = rows;
        this.suppressions = suppressions;
        this.directory = directory;
        this.policy = policy;
    }

    /** Those that were refused while a message was handed over. */
    public void note(List<Attempt> attempts) {
        for (Attempt attempt : attempts) {
            if (attempt.outcome() instanceof FailedForGood failed && failed.deadAddress()) {
                Delivery delivery = attempt.delivery();
                String address = delivery.recipient().addressOn(delivery.channel());
                remember(
                        delivery.notificationId(),
                        delivery.recipient(),
                        delivery.channel(),
                        address,
                        failed.reason(),
                        attempt.at());
            }
        }
    }

    /** Those that a report names; nothing when the person has another address by now. */
    public void suppress(List<Bounce> bounces) {
        for (Bounce bounce : bounces) {
            SuppressionRows.MailedTo sent = bounce.addressIsDead() ? rows.sent(bounce) : null;
            Person person = sent == null ? null : directory.person(sent.recipient());
            if (sent != null && person != null) {
                Channel channel = policy.now().channels().get(sent.channel());
                String address = channel == null ? null : person.addressOn(channel);
                if (channel != null
                        && address != null
                        && bounce.addresses().stream().anyMatch(named -> MailAddresses.comparable(named)
                                .equals(MailAddresses.comparable(address)))) {
                    remember(bounce.notification(), person, channel, address, bounce.reason(), bounce.at());
                }
            }
        }
    }

    private void remember(
            long notification, Person person, Channel channel, @Nullable String address, String reason, Instant at) {
        if (address != null
                && rows.bounced(person.id(), channel.code(), AddressDigest.of(address), reason, notification, at)) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    suppressions.forget(person.id());
                    LOG.warn(
                            "address refused for good person={} channel={} notification={} reason={};"
                                    + " nothing more is sent there until the directory has another one",
                            person.id(),
                            channel.code(),
                            notification,
                            reason);
                }
            });
        }
    }
}
