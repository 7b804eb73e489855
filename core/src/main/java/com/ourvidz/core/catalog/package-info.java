/**
 * The catalogue: the ten job types and the two queues, each in one table.
 * Plain values, used by every other feature; nothing else in the code lists job types.
 */
@NullMarked
package com.ourvidz.core.catalog;

import org.jspecify.annotations.NullMarked;
