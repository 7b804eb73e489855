/**
 * Hints within one JVM: that a queue has work, that a job has changed, and what a job looks like so far.
 * May use {@code core} and the JDK.
 */
@NullMarked
package com.ourvidz.adapters.signal;

import org.jspecify.annotations.NullMarked;
