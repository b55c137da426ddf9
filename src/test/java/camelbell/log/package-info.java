/** Tests of the notification log. */
@NullMarked
package camelbell.log;

import org.jspecify.annotations.NullMarked;
