/** Placeholder. */
@NullMarked
package com.ourvidz.core;

import org.jspecify.annotations.NullMarked;
