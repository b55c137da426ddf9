/**
 * Real browsers for tests, driven by WebDriver BiDi, which both of them speak.
 * Knows pages, input and screenshots, and nothing of the hub.
 * Must never import another package of the hub or of its tests.
 */
@NullMarked
package camelbell.browser;

import org.jspecify.annotations.NullMarked;
