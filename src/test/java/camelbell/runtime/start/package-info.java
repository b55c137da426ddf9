@NullMarked
package camelbell.runtime.start;

import org.jspecify.annotations.NullMarked;
