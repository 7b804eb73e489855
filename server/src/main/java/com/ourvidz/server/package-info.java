/** Placeholder. */
@NullMarked
package com.ourvidz.server;

import org.jspecify.annotations.NullMarked;
