/** Tests of the notification log. */
@NullMarked
package camelbell.store;

import org.jspecify.annotations.NullMarked;
