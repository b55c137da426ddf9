/**
 * One face for every start that is refused: what was tried, what was found, what to do, in one sentence.
 * Called by Spring Boot, which finds these classes in META-INF/spring.factories.
 * Must never print a property's value.
 */
@NullMarked
package camelbell.runtime.start;

import org.jspecify.annotations.NullMarked;
