/**
 * Writes what is old to files that other programs read, before it leaves its tables, and finds it there again. One
 * file a month and kind of row; nothing leaves that has not been read back from the file.
 * Called by 90-retention, and by the commands for operators.
 * Must never write what was recorded itself, but by the store; nor import another stage.
 */
@NullMarked
package camelbell.archive;

import org.jspecify.annotations.NullMarked;
