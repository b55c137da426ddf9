/**
 * One spelling for every e-mail address, whoever reads or writes it, and one reading of refusals that name it.
 * Called by the stages that send to addresses, compare them or hear of them, never by a route.
 * Must never import a stage or the model.
 */
@NullMarked
package camelbell.address;

import org.jspecify.annotations.NullMarked;
