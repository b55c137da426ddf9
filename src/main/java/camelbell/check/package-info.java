/**
 * Says all that is wrong with a folder of routes and tables, by file, line and column, without a broker or a database:
 * the command {@code check}, the start of a hub with files of its own, and the tests ask here.
 * May ask the stages for the readers of their tables; nobody but the start and the commands may ask it.
 */
@NullMarked
package camelbell.check;

import org.jspecify.annotations.NullMarked;
