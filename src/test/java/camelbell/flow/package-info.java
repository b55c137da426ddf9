@NullMarked
package camelbell.flow;

import org.jspecify.annotations.NullMarked;
