@NullMarked
package camelbell.api;

import org.jspecify.annotations.NullMarked;
