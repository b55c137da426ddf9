/**
 * The fault suite: the hub as a child process against real Kafka and PostgreSQL and scripted SMTP and Cloud API servers,
 * killed, cut off and fed nonsense; afterwards everything is counted. src/docs/reference/fault-suite.md is its manual.
 * Must never import the hub's own classes: what is right is worked out from the guide, not asked of the hub.
 */
@NullMarked
package camelbell.fault;

import org.jspecify.annotations.NullMarked;
