/**
 * What is noted of the content policy's decisions, for the operator.
 * Uses core's policy.
 */
@NullMarked
package com.ourvidz.server.safety;

import org.jspecify.annotations.NullMarked;
