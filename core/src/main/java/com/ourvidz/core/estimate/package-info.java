/**
 * How long users have yet to wait, from what was measured on jobs of the same kind.
 * Uses jobs, the catalogue and the worker roster; says nothing where nothing was measured.
 */
@NullMarked
package com.ourvidz.core.estimate;

import org.jspecify.annotations.NullMarked;
