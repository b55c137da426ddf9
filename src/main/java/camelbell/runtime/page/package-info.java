/**
 * Files and pages that the public port serves without a route: the contracts, the pages made of them, the page for operators
 * and the bell that other sites' pages load.
 * Called by Vert.x for GET and HEAD below /api/, /operations/ and /bell/ that name one of them.
 * Must never need a token or the database.
 */
@NullMarked
package camelbell.runtime.page;

import org.jspecify.annotations.NullMarked;
