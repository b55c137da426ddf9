@NullMarked
package camelbell.runtime.health;

import org.jspecify.annotations.NullMarked;
