/** Placeholder. */
@NullMarked
package com.ourvidz.diffusion;

import org.jspecify.annotations.NullMarked;
