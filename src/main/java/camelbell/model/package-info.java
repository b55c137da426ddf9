/**
 * The records that travel between the stages: events, people, plans, deliveries and their outcomes.
 * Every stage package and every route reads them; nothing here does I/O or reads a clock.
 * Must never import anything but {@code java.*} and JSpecify.
 */
@NullMarked
package camelbell.model;

import org.jspecify.annotations.NullMarked;
