/** Tests of the suppression stage. */
@org.jspecify.annotations.NullMarked
package camelbell.suppression;
