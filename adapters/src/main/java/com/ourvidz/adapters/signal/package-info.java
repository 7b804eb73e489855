/**
 * Hints within one JVM that a queue has work.
 * May use {@code core} and the JDK.
 */
@NullMarked
package com.ourvidz.adapters.signal;

import org.jspecify.annotations.NullMarked;
