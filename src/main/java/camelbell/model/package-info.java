/**
 * What the stages have in common: the records that travel between them (events, people, plans, deliveries and their
 * outcomes), and the ports, interfaces by which one stage is asked something by another that does not know it.
 * Every stage package and every route reads them; nothing here does I/O or reads a clock.
 * Must never import anything but {@code java.*} and JSpecify.
 */
@NullMarked
package camelbell.model;

import org.jspecify.annotations.NullMarked;
