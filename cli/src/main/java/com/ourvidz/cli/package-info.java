/** Placeholder. */
@NullMarked
package com.ourvidz.cli;

import org.jspecify.annotations.NullMarked;
