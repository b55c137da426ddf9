/**
 * The architecture as tests: rules R1 to R8 of src/docs/explanation/architecture.md.
 * They read class files and route files only, so they run in seconds.
 * Must never need a server.
 */
@NullMarked
package camelbell.rule;

import org.jspecify.annotations.NullMarked;
