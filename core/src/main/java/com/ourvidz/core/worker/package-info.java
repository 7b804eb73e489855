/**
 * The roster of workers: who serves which queue and was heard of when.
 * Used to tell users whether a queue is served; leases do not depend on it.
 */
@NullMarked
package com.ourvidz.core.worker;

import org.jspecify.annotations.NullMarked;
