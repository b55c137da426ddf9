@NullMarked
package camelbell.runtime.http;

import org.jspecify.annotations.NullMarked;
