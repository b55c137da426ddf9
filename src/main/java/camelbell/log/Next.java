package camelbell.log;

/** What follows an attempt. */
sealed interface Next permits Settled, Postponed {}
