package camelbell.suppression;

import camelbell.model.Channel;
import camelbell.model.Current;
import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.model.Policy;
import camelbell.model.UnsubscribePage;
import camelbell.model.UnsubscribePage.State;
import camelbell.suppression.UnsubscribeTokens.Subscription;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What an unsubscribe link does. Looking changes nothing, since mail scanners open links; leaving and coming back are
 * idempotent, each in one transaction. Source: RFC 8058.
 */
@Component("optOuts")
class OptOuts {

    private static final Logger LOG = LoggerFactory.getLogger(OptOuts.class);

    private final UnsubscribeTokens tokens;
    private final SuppressionRows rows;
    private final StoredSuppressions suppressions;
    private final Current<Policy> policy;
    private final Directory directory;
    private final Clock clock;

    OptOuts(
            UnsubscribeTokens tokens,
            SuppressionRows rows,
            StoredSuppressions suppressions,
            Current<Policy> policy,
            Directory directory,
            Clock clock) {
        this.tokens = tokens;
        this.rows = rows;
        this.suppressions = suppressions;
        this.policy = policy;
        this.directory = directory;
        this.clock = clock;
    }

    public UnsubscribePage look(@Nullable String token) {
        Subscription meant = read(token);
        if (meant == null) {
            return invalid();
        }
        boolean out = rows.hasOptedOut(meant.person(), meant.channel());
        return page(out ? State.OUT : State.ASKED, meant, token);
    }

    @Transactional
    public UnsubscribePage leave(@Nullable String token) {
        Subscription meant = read(token);
        if (meant == null) {
            return invalid();
        }
        if (rows.optOut(meant.person(), meant.channel(), clock.instant())) {
            afterCommit(meant, "opted out");
        }
        return page(State.OUT, meant, token);
    }

    @Transactional
    public UnsubscribePage comeBack(@Nullable String token) {
        Subscription meant = read(token);
        if (meant == null) {
            return invalid();
        }
        if (rows.comeBack(meant.person(), meant.channel())) {
            afterCommit(meant, "came back");
        }
        return page(State.BACK, meant, token);
    }

    /** The page of a hub that cannot reach its database. */
    public UnsubscribePage unavailable() {
        return new UnsubscribePage(State.UNAVAILABLE, null, "", "", "");
    }

    private @Nullable Subscription read(@Nullable String token) {
        Subscription meant = tokens.read(token);
        Channel channel = meant == null ? null : policy.now().channels().get(meant.channel());
        return channel == null || channel.inbox() ? null : meant;
    }

    private UnsubscribePage page(State state, Subscription meant, @Nullable String token) {
        Person person = directory.person(meant.person());
        return new UnsubscribePage(
                state,
                person == null ? null : person.locale(),
                meant.channel(),
                display(meant.channel()),
                SignedLinks.PATH + token);
    }

    private String display(String code) {
        Channel channel = policy.now().channels().get(code);
        return channel == null ? code : channel.display();
    }

    private static UnsubscribePage invalid() {
        return new UnsubscribePage(State.INVALID, null, "", "", "");
    }

    private void afterCommit(Subscription meant, String what) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                suppressions.forget(meant.person());
                LOG.info("{} person={} channel={}", what, meant.person(), meant.channel());
            }
        });
    }
}
