/** Placeholder. */
@NullMarked
package com.ourvidz.worker;

import org.jspecify.annotations.NullMarked;
