package camelbell.store;

/** What follows an attempt. */
sealed interface Next permits Settled, Postponed {}
