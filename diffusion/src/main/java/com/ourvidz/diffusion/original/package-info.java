/**
 * Stable Diffusion XL under the names that its authors gave its tensors, in which model sites distribute it as one file. It says what diffusers
 * calls them, and uses {@code checkpoint}.
 */
@NullMarked
package com.ourvidz.diffusion.original;

import org.jspecify.annotations.NullMarked;
