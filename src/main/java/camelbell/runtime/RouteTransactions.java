package camelbell.runtime;

import org.apache.camel.AsyncCallback;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeExtension;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The transactions of the routes' {@code transacted} steps. Where such a route leaves failures to its callers
 * ({@code noErrorHandler}), what was rolled back is a failure like any other to them: tried again, or answered, as their
 * error handlers say. Camel 4.17 itself marks it as dealt with, and no outer error handler looks at it then: callers of
 * the API get an empty 500.
 */
@Component
class RouteTransactions extends SpringTransactionPolicy {

    RouteTransactions(PlatformTransactionManager manager) {
        super(manager);
    }

    @Override
    public Processor wrap(Route route, Processor steps) {
        ErrorHandlerFactory own = route.getErrorHandlerFactory();
        Processor transaction = super.wrap(route, steps);
        if (!(own instanceof NoErrorHandlerDefinition)) {
            return transaction;
        }
        // else Camel would put a transaction around this one, and leave its marks after ours are off
        route.setErrorHandlerFactory(own);
        return new Transaction(transaction);
    }

    private static final class Transaction extends DelegateAsyncProcessor {

        Transaction(Processor transaction) {
            super(transaction);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return super.process(exchange, doneSync -> {
                if (exchange.getException() != null) {
                    ExchangeExtension marks = exchange.getExchangeExtension();
                    marks.setFailureHandled(false);
                    marks.setErrorHandlerHandled(null);
                    marks.setRedeliveryExhausted(false);
                }
                callback.done(doneSync);
            });
        }
    }
}
