/**
 * Stable Diffusion XL and WAN under the names that their authors gave the tensors, in which model sites distribute them. It says what diffusers
 * calls them, and uses {@code checkpoint}.
 */
@NullMarked
package com.ourvidz.diffusion.original;

import org.jspecify.annotations.NullMarked;
