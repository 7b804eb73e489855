/**
 * Reads pictures that nobody vouches for, and writes them anew.
 * May use {@code core}, the JDK's {@code javax.imageio} and its plug-ins.
 */
@NullMarked
package com.ourvidz.adapters.image;

import org.jspecify.annotations.NullMarked;
