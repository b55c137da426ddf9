@NullMarked
package camelbell.runtime;

import org.jspecify.annotations.NullMarked;
