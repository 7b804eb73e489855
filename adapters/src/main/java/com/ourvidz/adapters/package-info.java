/** Placeholder. */
@NullMarked
package com.ourvidz.adapters;

import org.jspecify.annotations.NullMarked;
