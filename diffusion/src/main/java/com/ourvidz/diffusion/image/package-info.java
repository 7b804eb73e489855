/**
 * Reads pictures to start from, and writes finished ones as PNG files that say how they were made. It uses the JDK and nothing else.
 */
@NullMarked
package com.ourvidz.diffusion.image;

import org.jspecify.annotations.NullMarked;
