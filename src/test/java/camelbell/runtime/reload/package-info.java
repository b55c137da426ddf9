@NullMarked
package camelbell.runtime.reload;

import org.jspecify.annotations.NullMarked;
