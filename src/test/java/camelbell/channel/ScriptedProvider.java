package camelbell.channel;

import camelbell.model.ADelivery;
import camelbell.model.Delivery;
import java.util.List;

/** The other end of a channel, as the tests of every channel know it. */
public interface ScriptedProvider {

    /** A delivery that the provider would take. */
    ADelivery delivery();

    /** A delivery that the hub itself cannot write. */
    Delivery faulty();

    /** How that is said. */
    default String fault() {
        return "UNEXPECTED";
    }

    /** The directory field with the address. */
    String addressField();

    /** Addresses that can never be sent to. */
    List<String> unusableAddresses();

    /** From now on, and nothing has been received. */
    void accepts();

    void refusesForNow();

    void refusesForGood();

    void isSilent();

    void drips();

    void hangsUp();

    /** Messages that have reached the provider. */
    long received();

    /** The newest message, headers included, as the provider got it. */
    String lastReceived();
}
