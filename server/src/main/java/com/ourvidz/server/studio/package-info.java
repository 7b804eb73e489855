/**
 * Hands out the studio, the web page, as the build made it.
 * Uses the studio module's files and the http package; the page itself uses the routes of the others.
 */
@NullMarked
package com.ourvidz.server.studio;

import org.jspecify.annotations.NullMarked;
