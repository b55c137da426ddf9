/**
 * One spelling for every e-mail address, whoever reads or writes it.
 * Called by the stages that send to addresses or compare them, never by a route.
 * Must never import a stage or the model.
 */
@NullMarked
package camelbell.address;

import org.jspecify.annotations.NullMarked;
