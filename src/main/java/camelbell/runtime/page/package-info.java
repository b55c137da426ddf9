/**
 * Files and pages that the public port serves without a route: the contracts, and the pages made of them.
 * Called by Vert.x for GET and HEAD below /api/ that name one of them.
 * Must never need a token or the database.
 */
@NullMarked
package camelbell.runtime.page;

import org.jspecify.annotations.NullMarked;
