/**
 * The glue between Camel and the stages: what a failure is called, transactions and commits that several routes share,
 * and what becomes of the channels' route template. The packages below it are one protocol or concern each.
 * Called by the routes, and by the packages below.
 * Must never decide who is told what, nor import a stage or a package below.
 */
@NullMarked
package camelbell.runtime;

import org.jspecify.annotations.NullMarked;
