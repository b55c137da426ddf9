@NullMarked
package camelbell.runtime.page;

import org.jspecify.annotations.NullMarked;
