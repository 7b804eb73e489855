/**
 * Stored files over signed links: the links, and the answers in ranges, as downloads and as ZIPs.
 * Uses core's object store and the http package.
 */
@NullMarked
package com.ourvidz.server.file;

import org.jspecify.annotations.NullMarked;
