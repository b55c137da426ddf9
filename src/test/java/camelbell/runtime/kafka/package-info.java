@NullMarked
package camelbell.runtime.kafka;

import org.jspecify.annotations.NullMarked;
