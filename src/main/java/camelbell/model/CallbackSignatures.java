package camelbell.model;

import org.jspecify.annotations.Nullable;

/** Tells forged callbacks from what may be genuine by their head alone, before a byte of their bodies is read. */
public interface CallbackSignatures {

    /** False when no body could make this {@code X-Hub-Signature-256} good. True is not yet the check. */
    boolean couldBeGood(@Nullable String signature);
}
