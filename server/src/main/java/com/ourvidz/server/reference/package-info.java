/**
 * The routes of reference images, and the URLs that stand for them.
 * Uses core's references and the http package.
 */
@NullMarked
package com.ourvidz.server.reference;

import org.jspecify.annotations.NullMarked;
