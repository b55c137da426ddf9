@NullMarked
package camelbell.runtime.websocket;

import org.jspecify.annotations.NullMarked;
