@NullMarked
package camelbell.runtime.database;

import org.jspecify.annotations.NullMarked;
