/**
 * Writes finished pictures as PNG files that say how they were made. It uses the JDK and nothing else.
 */
@NullMarked
package com.ourvidz.diffusion.image;

import org.jspecify.annotations.NullMarked;
