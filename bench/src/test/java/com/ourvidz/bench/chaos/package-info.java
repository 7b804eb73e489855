/** The chaos harness as a test. It may use all that the harness uses. */
@NullMarked
package com.ourvidz.bench.chaos;

import org.jspecify.annotations.NullMarked;
