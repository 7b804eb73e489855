/** Placeholder. */
@NullMarked
package com.ourvidz.bench;

import org.jspecify.annotations.NullMarked;
