/**
 * How the hub speaks over HTTP: queries read, ids and times written, answers put together; once, for clients, operators and
 * providers alike.
 * Called by the stages that routes ask for answers, and by sockets for its times.
 * Must never import a stage.
 */
@NullMarked
package camelbell.rest;

import org.jspecify.annotations.NullMarked;
